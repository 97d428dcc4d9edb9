import { memo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { Manifest } from '../../../model/manifest.ts'
import type { Look } from '../status/look.ts'
import { useGraph } from './graph-store.ts'
import { itemLook } from './item-look.ts'
import { marks } from './marks.tsx'
import type { Overlay } from './overlay.ts'
import './legend.css'

interface LegendProps {
  readonly manifest: Manifest
  readonly besideMap: boolean
}

/** What the icons, lines and marks mean: of each only what there is in this graph. */
export const Legend = memo(function Legend({ manifest: { steps }, besideMap }: LegendProps) {
  return (
    <ul className={besideMap ? 'graph-legend beside-map' : 'graph-legend'} aria-label="Legend">
      <LooksThatOccur />
      {steps.some(({ loop }) => loop !== null) && (
        <li>
          <span className="stroke loop" /> loop
        </li>
      )}
      {steps.some(({ fallback }) => fallback !== null) && (
        <li>
          <span className="stroke fallback" /> fallback
        </li>
      )}
      {marks.map(({ word, icon: Icon, applies }) =>
        steps.some(applies) ? (
          <li key={word}>
            <Icon size={11} aria-hidden /> {word}
          </li>
        ) : null,
      )}
    </ul>
  )
})

/** What has been there stays: it would come and go with the moments that are passed. */
function LooksThatOccur() {
  const present = useGraph(useShallow(({ overlay }) => looksOf(overlay)))
  const [shown, setShown] = useState(present)
  const fresh = present.filter((look) => !shown.includes(look))
  if (fresh.length > 0) setShown(inOrder([...shown, ...fresh]))
  return shown.map((look) => <LookLine key={look.word} look={look} />)
}

/** Apart: which looks there are is another at every moment, and how one looks never is. */
const LookLine = memo(function LookLine({ look: { word, tone, icon: Icon } }: { readonly look: Look }) {
  return (
    <li data-tone={tone} className="look">
      <Icon size={11} aria-hidden /> {word.toLowerCase()}
    </li>
  )
})

const order: readonly Look['tone'][] = ['success', 'running', 'attention', 'failure', 'inactive', 'mark']

function looksOf(overlay: Overlay): readonly Look[] {
  return inOrder([...new Set(Array.from(overlay.values(), itemLook))])
}

const inOrder = (looks: readonly Look[]): readonly Look[] => looks.toSorted((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone))

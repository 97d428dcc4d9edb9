import { memo } from 'react'
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

function LooksThatOccur() {
  const looks = useGraph(useShallow(({ overlay }) => looksOf(overlay)))
  return looks.map(({ word, tone, icon: Icon }) => (
    <li key={word} data-tone={tone} className="look">
      <Icon size={11} aria-hidden /> {word.toLowerCase()}
    </li>
  ))
}

const order: readonly Look['tone'][] = ['success', 'running', 'attention', 'failure', 'inactive', 'mark']

function looksOf(overlay: Overlay): readonly Look[] {
  const found = new Map(Array.from(overlay.values(), itemLook).map((look) => [look.word, look]))
  return [...found.values()].toSorted((a, b) => order.indexOf(a.tone) - order.indexOf(b.tone))
}

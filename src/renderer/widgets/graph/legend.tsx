import { memo } from 'react'
import type { Manifest } from '../../../model/manifest.ts'
import type { Tone } from '../status/look.ts'
import { useGraph } from './graph-store.ts'
import { itemLook } from './item-look.ts'
import { marks } from './marks.tsx'
import './legend.css'

/** What the colours, lines and marks mean: of each only what there is in this graph. */
export const Legend = memo(function Legend({ manifest: { steps } }: { readonly manifest: Manifest }) {
  // A line of text is equal to itself, so that the legend is drawn again only when it says something else.
  const looks = useGraph(({ overlay }) => [...new Set([...overlay.values()].map(lookLine))].toSorted().join('|'))
  return (
    <ul className="graph-legend" aria-label="Legend">
      {looks.split('|').filter(Boolean).map((line) => {
        const [tone, word] = line.split(':')
        return (
          <li key={line} data-tone={tone}>
            <span className="dot" /> {word}
          </li>
        )
      })}
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

function lookLine(shown: Parameters<typeof itemLook>[0]): `${Tone}:${string}` {
  const { tone, word } = itemLook(shown)
  return `${tone}:${word.toLowerCase()}`
}

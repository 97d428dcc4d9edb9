import { useMemo } from 'react'
import { described, partsOf, token } from './unseen.ts'
import './shown-text.css'

/**
 * A text of somebody's making, as it is: what nobody would see of it is marked, and whichever way it runs, what stands
 * beside it stays in its place.
 */
export function ShownText({ text }: { readonly text: string }) {
  const parts = useMemo(() => partsOf(text), [text])
  return (
    <bdi className="shown-text">
      {parts.map((part, index) =>
        part.kind === 'plain' ? (
          part.text
        ) : (
          <span key={index} className="unseen-character" role="img" aria-label={described(part)} title={described(part)}>
            {token(part)}
          </span>
        ),
      )}
    </bdi>
  )
}

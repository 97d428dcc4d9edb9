import { useEffect, useRef } from 'react'
import { Button } from '../button/button.tsx'
import { ShownText } from '../text/shown-text.tsx'
import { cutLine } from './cut-line.ts'
import { type Hit, type Piece, piecesOf } from './find-in-lines.ts'
import type { Part } from './text-lines.ts'

export interface ShownLine {
  readonly kind: 'same' | 'added' | 'removed' | 'folded'
  readonly depth: number
  readonly parts: readonly Part[]
}

export const marks = { same: '', added: '+', removed: '−', folded: '' } as const
const elements = { same: 'span', added: 'ins', removed: 'del', folded: 'span' } as const

interface DiffLineProps {
  readonly line: ShownLine
  /** How many characters of it are shown, and what shows more of them. */
  readonly length: number
  readonly onMore: () => void
  readonly hits: readonly Hit[]
  readonly current: Hit | undefined
  /** Called each time that the current hit has been drawn. */
  readonly onDrawn: (hit: Hit, place: HTMLElement) => void
}

export function DiffLine({ line: { kind, depth, parts }, length, onMore, hits, current, onDrawn }: DiffLineProps) {
  const Text = elements[kind]
  const cut = cutLine(piecesOf(parts, hits), length)
  return (
    <div className={`line ${kind}`}>
      <span className="mark">{marks[kind]}</span>
      <Text className="text" style={{ paddingInlineStart: `${depth * 2}ch` }}>
        {cut.parts.map((piece, index) => (
          <Shown key={index} piece={piece} isCurrent={piece.hit !== undefined && piece.hit === current} onDrawn={onDrawn} />
        ))}
        {cut.rest > 0 && (
          <Button tone="quiet" onPress={onMore}>
            … and {cut.rest.toLocaleString('en')} more characters
          </Button>
        )}
      </Text>
    </div>
  )
}

interface ShownProps extends Pick<DiffLineProps, 'onDrawn'> {
  readonly piece: Piece
  readonly isCurrent: boolean
}

function Shown({ piece: { text, changed, hit }, isCurrent, onDrawn }: ShownProps) {
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isCurrent && hit !== undefined && place.current !== null) onDrawn(hit, place.current)
  })
  if (!changed && hit === undefined) return <ShownText text={text} />
  return (
    <mark ref={place} className={hit === undefined ? undefined : isCurrent ? 'hit current' : 'hit'} aria-current={isCurrent || undefined}>
      <ShownText text={text} />
    </mark>
  )
}

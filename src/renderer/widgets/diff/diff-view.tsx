import { useState } from 'react'
import { Button } from '../button/button.tsx'
import { page } from '../text/pages.ts'
import { ShownText } from '../text/shown-text.tsx'
import { cutLine } from './cut-line.ts'
import type { Part } from './text-lines.ts'
import './diff.css'

export interface ShownLine {
  readonly kind: 'same' | 'added' | 'removed' | 'folded'
  readonly depth: number
  readonly parts: readonly Part[]
}

/** More lines than this are shown on demand. */
const mostLines = 400

const marks = { same: '', added: '+', removed: '−', folded: '' } as const
const elements = { same: 'span', added: 'ins', removed: 'del', folded: 'span' } as const

/** Lines of two versions in one, as `+` and `−`; what a reader of the page hears says the same. */
export function DiffView({
  lines,
  label,
  wraps,
}: {
  readonly lines: readonly ShownLine[]
  readonly label: string
  readonly wraps?: boolean
}) {
  const [all, setAll] = useState(false)
  const shown = all ? lines : lines.slice(0, mostLines)
  return (
    <div className={wraps === true ? 'diff-view wraps' : 'diff-view'} role="region" aria-label={label} tabIndex={0}>
      <div className="lines">
        {shown.map((line, index) => (
          <DiffLine key={index} line={line} />
        ))}
      </div>
      {shown.length < lines.length && (
        <Button tone="quiet" onPress={() => setAll(true)}>
          Show the other {lines.length - shown.length} lines
        </Button>
      )}
    </div>
  )
}

function DiffLine({ line: { kind, depth, parts } }: { readonly line: ShownLine }) {
  const [length, setLength] = useState(page)
  const Text = elements[kind]
  const cut = cutLine(parts, length)
  return (
    <div className={`line ${kind}`}>
      <span className="mark">{marks[kind]}</span>
      <Text className="text" style={{ paddingInlineStart: `${depth * 2}ch` }}>
        {cut.parts.map(({ text, changed }, index) =>
          changed ? (
            <mark key={index}>
              <ShownText text={text} />
            </mark>
          ) : (
            <ShownText key={index} text={text} />
          ),
        )}
        {cut.rest > 0 && (
          <Button tone="quiet" onPress={() => setLength(length + page)}>
            … and {cut.rest.toLocaleString('en')} more characters
          </Button>
        )}
      </Text>
    </div>
  )
}

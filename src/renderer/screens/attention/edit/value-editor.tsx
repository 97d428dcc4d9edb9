import { Undo2 } from 'lucide-react'
import { useId, useRef } from 'react'
import type { Json } from '../../../../model/json.ts'
import { IconButton } from '../../../widgets/button/icon-button.tsx'
import { counted } from '../words.ts'
import { EditDiff } from './edit-diff.tsx'
import { type Edited, writtenForm } from './edited.ts'
import { EditProblems } from './edit-problems.tsx'
import './value-editor.css'

interface ValueEditorProps {
  /** Where the value stands: `finalise.body`. */
  readonly name: string
  readonly before: Json
  /** What was written, or null while nothing was touched. */
  readonly written: string | null
  readonly edited: Edited
  /** What the workflow itself says against the edit. */
  readonly refusals: readonly { readonly at: string; readonly message: string }[]
  readonly onWrite: (text: string | null) => void
  readonly id: string
}

/** A text as it is, or a value as JSON, with what changes against what it was. */
export function ValueEditor({ name, before, written, edited, refusals, onWrite, id }: ValueEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const problems = useId()
  const isText = typeof before === 'string'
  const isWrong = edited.state === 'broken' || edited.state === 'misfit' || refusals.length > 0
  const jump = (offset: number): void => {
    area.current?.focus()
    area.current?.setSelectionRange(offset, offset + 1)
  }
  return (
    <div className="value-editor" data-changed={edited.state === 'good' || edited.state === 'misfit'}>
      <div className="writing">
        <div className="bar">
          <label htmlFor={id}>
            <code>{name}</code>
          </label>
          <span className="quiet" role="status">
            {stateInWords(edited)}
          </span>
          {written !== null && edited.state !== 'untouched' && (
            <IconButton icon={Undo2} label="Take back the whole edit" onPress={() => onWrite(null)} />
          )}
        </div>
        <textarea
          ref={area}
          id={id}
          className={isText ? 'prose' : 'mono'}
          value={written ?? writtenForm(before)}
          spellCheck={isText}
          aria-invalid={isWrong}
          aria-describedby={problems}
          onChange={(event) => onWrite(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur()
          }}
        />
        <div id={problems} aria-live="polite">
          <EditProblems edited={edited} refusals={refusals} onJump={jump} />
        </div>
      </div>
      {(edited.state === 'good' || edited.state === 'misfit') && <EditDiff before={before} after={edited.value} />}
    </div>
  )
}

function stateInWords(edited: Edited): string {
  switch (edited.state) {
    case 'untouched':
      return 'you may edit this'
    case 'broken':
      return 'no JSON yet'
    case 'misfit':
      return 'does not fit yet'
    case 'good':
      return counted(edited.changes, 'edit')
  }
}

import { Undo2 } from 'lucide-react'
import { useId, useRef } from 'react'
import { IconButton } from '../../../widgets/button/icon-button.tsx'
import { Button } from '../../../widgets/button/button.tsx'
import { PagedText } from '../../../widgets/text/paged-text.tsx'
import { UnseenNotice } from '../../../widgets/text/unseen-notice.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { counted } from '../../../../model/counted.ts'
import { hiddenWords, holdsHidden, isHidden } from '../../../../model/sensitive/hidden.ts'
import { EditDiff } from '../../../widgets/diff/edit-diff.tsx'
import type { Misfit } from './check.ts'
import { EditProblems } from './edit-problems.tsx'
import type { Editing } from './use-editing.ts'
import './value-editor.css'

interface ValueEditorProps {
  readonly id: string
  readonly editing: Editing
  /** How many characters are shown; a text that is longer than that is not open to be edited yet. */
  readonly length: number
  readonly onLength: (length: number) => void
  /** What the workflow itself says against the edit. */
  readonly refusals: readonly Misfit[]
  /** Called with what is written, or with null where all of it is taken back. */
  readonly onWrite: (text: string | null) => void
}

/** A text as it is, or a value as JSON, with what changes against what it was. */
export function ValueEditor({ id, editing, length, onLength, refusals, onWrite }: ValueEditorProps) {
  const { name, before, isText, written, text, edited, isOutput } = editing
  const area = useRef<HTMLTextAreaElement>(null)
  const problems = useId()
  const isOpen = written !== null || length >= text.length
  const isWrong = edited.state === 'broken' || edited.state === 'misfit' || refusals.length > 0
  const jump = (offset: number): void => {
    if (!isOpen) onLength(Infinity)
    area.current?.focus()
    area.current?.setSelectionRange(offset, offset + 1)
  }
  return (
    <div className="value-editor" data-changed={!isOutput && (edited.state === 'good' || edited.state === 'misfit')}>
      <div className="writing">
        <div className="bar">
          <label htmlFor={id}>
            <code>
              <ShownText text={name} />
            </code>
          </label>
          <span className="quiet" role="status">
            {stateInWords(editing)}
          </span>
          {written !== null && edited.state !== 'untouched' && (
            <IconButton icon={Undo2} label="Take back the whole edit" onPress={() => onWrite(null)} />
          )}
        </div>
        {!isOpen ? (
          <div className="in-part" id={id} tabIndex={-1}>
            <PagedText text={text} length={length} onLength={onLength} />
            <Button onPress={() => onLength(Infinity)}>Open all {text.length.toLocaleString('en')} characters to edit them</Button>
          </div>
        ) : (
          <textarea
            ref={area}
            id={id}
            className={isText ? 'prose' : 'mono'}
            value={text}
            placeholder={isHidden(before) ? `${hiddenWords(before)}; it stays as it is unless you write another value` : undefined}
            spellCheck={isText}
            aria-invalid={isWrong}
            aria-describedby={problems}
            onChange={(event) => onWrite(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur()
            }}
          />
        )}
        <div id={problems} aria-live="polite">
          {!isHidden(before) && holdsHidden(before) && <p className="quiet">What is hidden stays as it is where its mark is left, and goes where its mark is moved.</p>}
          <UnseenNotice text={text} onJump={jump} />
          <EditProblems edited={edited} refusals={refusals} onJump={jump} />
        </div>
      </div>
      {!isOutput && (edited.state === 'good' || edited.state === 'misfit') && <EditDiff before={before} after={edited.value} />}
    </div>
  )
}

function stateInWords({ edited, isOutput }: Editing): string {
  switch (edited.state) {
    case 'untouched':
      return isOutput ? 'what the step would have answered' : 'you may edit this'
    case 'broken':
      return 'no JSON yet'
    case 'misfit':
      return 'does not fit yet'
    case 'good':
      return isOutput ? 'fits' : counted(edited.changes, 'edit')
  }
}

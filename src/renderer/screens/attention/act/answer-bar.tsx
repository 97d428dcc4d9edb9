import { Check, MessageSquareText, PencilLine } from 'lucide-react'
import { useId, useMemo } from 'react'
import { type Command, useCommands } from '../../../state/commands.ts'
import { Button } from '../../../widgets/button/button.tsx'
import type { Answer } from './actions.ts'
import { Unread } from './unread.tsx'
import './answer-bar.css'

export interface Offer extends Answer {
  /** The label, with what goes along: `Approve with 1 edit`. */
  readonly words: string
  /** What somebody wrote goes along. */
  readonly carriesEdit: boolean
  /** What is wrong with what goes along. */
  readonly fault: string | undefined
  readonly unavailable: string | undefined
}

interface AnswerBarProps {
  readonly offers: readonly Offer[]
  readonly busy: string | undefined
  /** What is shown in part only. */
  readonly unread: readonly string[]
  readonly note: string
  readonly onNote: (note: string) => void
  readonly onAnswer: (action: string) => void
  /** Called with the answer that the pointer or the focus is on. */
  readonly onLook: (action: string) => void
  /** The id of the field in which something may be edited. */
  readonly editor?: string
}

/** The note, and every answer as a button with its key. */
export function AnswerBar({ offers, busy, unread, note, onNote, onAnswer, onLook, editor }: AnswerBarProps) {
  const noteId = useId()
  const commands = useMemo((): readonly Command[] => {
    const section = 'Decision'
    const edit = { id: 'decide/edit', title: 'Edit what is shown', section, icon: PencilLine, keys: 'e', run: () => document.getElementById(editor ?? '')?.focus() }
    return [
      ...offers.map(({ name, role, words, key, unavailable }) => ({
        id: `decide/${name}`,
        title: words,
        section,
        ...(role === 'primary' && { icon: Check }),
        ...(key !== undefined && { keys: key }),
        unavailable,
        asksHost: true,
        run: () => onAnswer(name),
      })),
      { id: 'decide/note', title: 'Write a note', section, icon: MessageSquareText, keys: 'n', run: () => document.getElementById(noteId)?.focus() },
      ...(editor === undefined ? [] : [edit]),
    ]
  }, [offers, onAnswer, noteId, editor])
  useCommands(commands)

  return (
    <div className="answer-bar">
      <label htmlFor={noteId}>
        Note <span className="quiet">kept with the decision</span>
      </label>
      <textarea
        id={noteId}
        rows={1}
        value={note}
        maxLength={10_000}
        placeholder="Why, or what should be different"
        onChange={(event) => onNote(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <Unread of={unread} />
      <div className="answers" role="group" aria-label="Your answer">
        {offers.map(({ name, role, words, key, unavailable }) => (
          <span key={name} onPointerEnter={() => onLook(name)} onFocus={() => onLook(name)}>
            <Button
              tone={role === 'primary' ? 'primary' : 'plain'}
              {...(key !== undefined && { keys: key })}
              unavailable={unavailable}
              asksHost
              busy={busy === name}
              onPress={() => onAnswer(name)}
            >
              {words}
            </Button>
          </span>
        ))}
      </div>
    </div>
  )
}

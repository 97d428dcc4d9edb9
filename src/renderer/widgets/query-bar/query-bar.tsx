/**
 * One line in which runs are looked for: coloured as it is read, completed as it is typed, and where it cannot be read,
 * with the way out beneath; a word that is being typed is not wrong yet. What is typed is applied after a short rest, and
 * at once by Enter; while it has problems the last query that had none goes on being shown.
 */
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Search, X } from 'lucide-react'
import { type RefObject, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Known, Suggestion } from '../../../model/query/complete.ts'
import { parse } from '../../../model/query/parse.ts'
import type { Problem } from '../../../model/query/problem.ts'
import { IconButton } from '../button/icon-button.tsx'
import { Keys } from '../button/keys.tsx'
import { outsideWord, piecesOf } from './pieces.ts'
import { QueryProblems } from './query-problems.tsx'
import { useDraft } from './draft.ts'
import { completedBy, useCompleting } from './use-completing.ts'
import './query-bar.css'

interface QueryBarProps {
  /** The query that is applied. */
  readonly query: string
  /** `rest` is a pause in typing: a step on the way to what is meant. */
  readonly onApply: (query: string, by: 'rest' | 'enter') => void
  readonly known: Known
  readonly input: RefObject<HTMLInputElement | null>
}

export function QueryBar({ query, onApply, known, input }: QueryBarProps) {
  const { draft, write, apply } = useDraft(query, onApply)
  const { caret, suggestions, isOpen, open, moved, changed } = useCompleting(draft, known, input)
  const [isTyping, setIsTyping] = useState(false)
  const mirror = useRef<HTMLDivElement>(null)
  const problemsId = useId()
  const problems = useMemo(() => {
    const all = parse(draft).problems
    return isTyping ? outsideWord(all, draft, caret) : all
  }, [draft, caret, isTyping])

  const followScroll = (): void => {
    if (mirror.current !== null) mirror.current.scrollLeft = input.current?.scrollLeft ?? 0
  }
  useLayoutEffect(followScroll)

  return (
    <div className="query-bar">
      <Autocomplete.Root
        items={suggestions}
        mode="none"
        filter={null}
        value={draft}
        open={isOpen}
        onOpenChange={(isWanted, { reason }) => reason === 'item-press' || open(isWanted)}
        openOnInputClick
        onValueChange={(text, { reason }) => {
          write(text)
          setIsTyping(true)
          changed(text, reason === 'item-press')
        }}
        itemToStringValue={(suggestion: Suggestion) => completedBy(draft, suggestion)}
      >
        <Autocomplete.InputGroup className="field" data-wrong={problems.length > 0}>
          <Search size={14} aria-hidden />
          <div className="line">
            <Autocomplete.Input
              ref={input}
              aria-label="Query for runs"
              aria-invalid={problems.length > 0}
              aria-describedby={problemsId}
              placeholder='status:failed workflow:outreach started:<1d "text in input or output"'
              spellCheck={false}
              autoCapitalize="off"
              autoCorrect="off"
              autoComplete="off"
              onScroll={followScroll}
              onSelect={({ currentTarget }) => moved(currentTarget.selectionStart ?? 0)}
              onBlur={() => setIsTyping(false)}
              onKeyDown={({ key, currentTarget }) => {
                if (key === 'Enter' && currentTarget.getAttribute('aria-activedescendant') === null) {
                  open(false)
                  setIsTyping(false)
                  apply(draft)
                }
                if (key === 'Escape' && !isOpen) currentTarget.blur()
              }}
            />
            <Mirror query={draft} problems={problems} place={mirror} />
          </div>
          {draft === '' ? (
            <Keys keys="/" />
          ) : (
            <IconButton icon={X} label="Clear the query" onPress={() => apply('')} />
          )}
        </Autocomplete.InputGroup>
        <Completions />
      </Autocomplete.Root>
      <QueryProblems id={problemsId} query={draft} problems={problems} onMend={apply} />
    </div>
  )
}

/** The list of what the word may be completed with. */
function Completions() {
  return (
    <Autocomplete.Portal>
      <Autocomplete.Positioner sideOffset={4} align="start" className="query-bar-place">
        <Autocomplete.Popup className="query-bar-popup" aria-label="Completions">
          <Autocomplete.List className="list">
            {(suggestion: Suggestion) => (
              <Autocomplete.Item key={suggestion.insert} value={suggestion} className="item">
                <code>{suggestion.label}</code>
                <span className="quiet clipped">{suggestion.detail}</span>
              </Autocomplete.Item>
            )}
          </Autocomplete.List>
        </Autocomplete.Popup>
      </Autocomplete.Positioner>
    </Autocomplete.Portal>
  )
}

interface MirrorProps {
  readonly query: string
  readonly problems: readonly Problem[]
  readonly place: RefObject<HTMLDivElement | null>
}

/** Lies over the input with the same letters at the same places, in colours that an input has not. */
function Mirror({ query, problems, place }: MirrorProps) {
  return (
    <div className="mirror" aria-hidden ref={place}>
      {piecesOf(query, problems).map(({ text, kind, wrong }, index) => (
        <span key={index} data-kind={kind} data-wrong={wrong}>
          {text}
        </span>
      ))}
    </div>
  )
}

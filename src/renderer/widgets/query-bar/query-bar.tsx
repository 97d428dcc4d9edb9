/**
 * One line in which runs are looked for: coloured as it is read, completed as it is typed, and where it cannot be read,
 * with the way out beneath; a word that is being typed is not wrong yet. What is typed is applied after a short rest, and
 * at once by Enter; while it has problems the last query that had none goes on being shown.
 */
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Search, X } from 'lucide-react'
import { type RefObject, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { complete, type Known, type Suggestion } from '../../../model/query/complete.ts'
import { parse } from '../../../model/query/parse.ts'
import type { Problem } from '../../../model/query/problem.ts'
import { IconButton } from '../button/icon-button.tsx'
import { Keys } from '../button/keys.tsx'
import { outsideWord, piecesOf } from './pieces.ts'
import { QueryProblems } from './query-problems.tsx'
import { useDraft } from './draft.ts'
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
  const [caret, setCaret] = useState(0)
  const [isOpen, setIsOpen] = useState(false)
  const [isTyping, setIsTyping] = useState(false)
  const caretTo = useRef<number>(undefined)
  const mirror = useRef<HTMLDivElement>(null)
  const problemsId = useId()
  const suggestions = useMemo(() => complete(draft, caret, known), [draft, caret, known])
  const problems = useMemo(() => {
    const all = parse(draft).problems
    return isTyping ? outsideWord(all, draft, caret) : all
  }, [draft, caret, isTyping])
  const isCompleting = isOpen && suggestions.length > 0

  // The caret goes behind what was completed, not behind the line.
  useLayoutEffect(() => {
    const { current } = caretTo
    if (current === undefined) return
    caretTo.current = undefined
    input.current?.setSelectionRange(current, current)
  })

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
        open={isCompleting}
        onOpenChange={(open, { reason }) => reason === 'item-press' || setIsOpen(open)}
        openOnInputClick
        onValueChange={(text, { reason }) => {
          write(text)
          setIsTyping(true)
          const suggestion = reason === 'item-press' ? suggestions.find((each) => completedBy(draft, each) === text) : undefined
          caretTo.current = suggestion === undefined ? undefined : suggestion.span.from + suggestion.insert.length
          setCaret(caretTo.current ?? input.current?.selectionStart ?? text.length)
          // A name that was completed asks for its value at once, so the list stays.
          if (suggestion !== undefined) setIsOpen(suggestion.insert.endsWith(':'))
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
              onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
              onBlur={() => setIsTyping(false)}
              onKeyDown={({ key, currentTarget }) => {
                if (key === 'Enter' && currentTarget.getAttribute('aria-activedescendant') === null) {
                  setIsOpen(false)
                  setIsTyping(false)
                  apply(draft)
                }
                if (key === 'Escape' && !isCompleting) currentTarget.blur()
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
      </Autocomplete.Root>
      <QueryProblems id={problemsId} query={draft} problems={problems} onMend={apply} />
    </div>
  )
}

function completedBy(query: string, { span, insert }: Suggestion): string {
  return query.slice(0, span.from) + insert + query.slice(span.to)
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

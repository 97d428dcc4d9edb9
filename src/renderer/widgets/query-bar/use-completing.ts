import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { complete, type Known, type Suggestion } from '../../../model/query/complete.ts'

export interface Completing {
  readonly caret: number
  readonly suggestions: readonly Suggestion[]
  /** What the line says may be completed, and somebody wants to see with what. */
  readonly isOpen: boolean
  open(isOpen: boolean): void
  /** The caret went elsewhere. */
  moved(caret: number): void
  /** The line says something else: a suggestion was pressed, or it was typed. */
  changed(text: string, isPressed: boolean): void
}

/** What the word at the caret may be completed with, and where the caret goes by that. */
export function useCompleting(query: string, known: Known, input: RefObject<HTMLInputElement | null>): Completing {
  const [caret, setCaret] = useState(0)
  const [isWanted, setIsWanted] = useState(false)
  const caretTo = useRef<number>(undefined)
  const suggestions = useMemo(() => complete(query, caret, known), [query, caret, known])

  // The caret goes behind what was completed, not behind the line.
  useLayoutEffect(() => {
    const { current } = caretTo
    if (current === undefined) return
    caretTo.current = undefined
    input.current?.setSelectionRange(current, current)
  })

  return {
    caret,
    suggestions,
    isOpen: isWanted && suggestions.length > 0,
    open: setIsWanted,
    moved: setCaret,
    changed(text, isPressed) {
      const suggestion = isPressed ? suggestions.find((each) => completedBy(query, each) === text) : undefined
      caretTo.current = suggestion === undefined ? undefined : suggestion.span.from + suggestion.insert.length
      setCaret(caretTo.current ?? input.current?.selectionStart ?? text.length)
      // A name that was completed asks for its value at once, so the list stays.
      if (suggestion !== undefined) setIsWanted(suggestion.insert.endsWith(':'))
    },
  }
}

export function completedBy(query: string, { span, insert }: Suggestion): string {
  return query.slice(0, span.from) + insert + query.slice(span.to)
}

import { useEffect, useRef, useState } from 'react'
import { parse } from '../../../model/query/parse.ts'

/** How long nothing is typed before what was typed is applied, in milliseconds. */
const rest = 200

interface Draft {
  readonly draft: string
  /** Takes what is typed, and applies it after a rest. */
  write(text: string): void
  /** Takes it and applies it now, where it can be read. */
  apply(text: string): void
}

/** What stands in the bar, ahead of what is applied. A query applied from elsewhere takes its place. */
export function useDraft(applied: string, onApply: (query: string, by: 'rest' | 'enter') => void): Draft {
  const [{ draft, from }, setDraft] = useState({ draft: applied, from: applied })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  // `from` is the applied query that the draft is ahead of; it moves with what the draft itself applies.
  if (from !== applied) setDraft({ draft: draft.trim() === applied ? draft : applied, from: applied })

  const put = (text: string, by: 'rest' | 'enter'): void => {
    if (parse(text).problems.length === 0) onApply(text.trim(), by)
  }
  return {
    draft,
    write(text) {
      setDraft({ draft: text, from: applied })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => put(text, 'rest'), rest)
    },
    apply(text) {
      setDraft({ draft: text, from: applied })
      clearTimeout(timer.current)
      put(text, 'enter')
    },
  }
}

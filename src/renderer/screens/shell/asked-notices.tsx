import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useAttention } from '../../state/attention.ts'
import { tell } from '../../widgets/feedback/toasts.tsx'
import { noticeOf, questionsIn } from './notices.ts'

/** Tells, wherever somebody is, that a step has failed for good and a person is asked what is to be done, until somebody has answered. */
export function AskedNotices() {
  const items = useAttention()
  const navigate = useNavigate()
  /** What has been told of, and what closes it; what was asked before the console was opened stands in its list alone. */
  const told = useRef<Map<string, () => void>>(undefined)
  useEffect(() => {
    if (items === undefined) return
    const asked = new Map(questionsIn(items).map(({ key, view }) => [key, view]))
    const isFirst = told.current === undefined
    const known = (told.current ??= new Map<string, () => void>())
    for (const [key, close] of known) {
      if (asked.has(key)) continue
      close()
      known.delete(key)
    }
    for (const [key, view] of asked) {
      if (known.has(key)) continue
      const { title, text } = noticeOf(view)
      const decide = { label: 'Decide', run: () => void navigate({ to: '/attention', search: { decision: key } }) }
      known.set(key, isFirst ? () => undefined : tell.asked(title, text, decide))
    }
  }, [items, navigate])
  return null
}

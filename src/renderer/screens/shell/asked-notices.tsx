import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useAttention } from '../../state/attention.ts'
import { tell, type Told } from '../../widgets/feedback/toasts.tsx'
import { type Notice, noticesIn } from './notices.ts'

/** Tells, wherever somebody is, that a step has failed for good and a person is asked what is to be done, until somebody has answered. */
export function AskedNotices() {
  const items = useAttention()
  const navigate = useNavigate()
  const shown = useRef(new Map<string, { readonly notice: Notice; readonly told: Told }>())
  useEffect(() => {
    if (items === undefined) return
    const notices = noticesIn(items, performance.timeOrigin)
    for (const [of, { told }] of shown.current) {
      if (notices.has(of)) continue
      told.close()
      shown.current.delete(of)
    }
    for (const [of, notice] of notices) {
      const before = shown.current.get(of)
      const known = new Set(before?.notice.decisions)
      if (before !== undefined && notice.decisions.every((each) => known.has(each))) {
        // Somebody has closed it, or knows of it: it is no news that there are fewer.
        before.told.change(notice.title, notice.text)
        shown.current.set(of, { notice, told: before.told })
        continue
      }
      before?.told.close()
      const [decision] = notice.decisions
      const decide = { label: 'Decide', run: () => void navigate({ to: '/attention', search: { decision } }) }
      shown.current.set(of, { notice, told: tell.asked(notice.title, notice.text, decide) })
    }
  }, [items, navigate])
  return null
}

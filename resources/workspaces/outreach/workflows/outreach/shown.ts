import type { Draft } from './draft.ts'
import { type Final, passMark } from './final.ts'
import type { Input } from './input.ts'

/** What the person who decides is shown. */
export function shown({ recipient }: Input, draft: Draft, final: Final) {
  const { subject, body, quality, scores, missing, remaining, applied } = final
  return {
    to: `${recipient.name} <${recipient.email}>`,
    subject,
    body,
    quality,
    passMark,
    scores,
    notReviewed: missing,
    corrected: applied.length,
    changes: draft.changes,
    remarks: remaining.map(({ reviewer, message, excerpt }) => ({ reviewer, message, excerpt })),
    notesLeftOpen: draft.open,
  }
}

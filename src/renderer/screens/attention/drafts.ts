/** What somebody wrote at a decision and has not sent yet: it is there again after a reload, or after looking elsewhere. */
import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { DecisionId } from '../../../model/ids.ts'

const Draft = z.object({
  /** The edited value as it is written, or null while nothing was touched. */
  edit: z.string().nullable(),
  note: z.string(),
  /** Something of the value is sensitive: the edit does not leave the page. */
  isSecret: z.boolean().default(false),
})
export type Draft = z.infer<typeof Draft>

const Drafts = z.object({ drafts: z.record(z.string(), Draft).catch({}) })

interface DraftStore extends z.infer<typeof Drafts> {
  write(decision: DecisionId, part: Partial<Draft>): void
  drop(decision: DecisionId): void
  /** Drops what belongs to no decision that is still open. */
  keepOnly(open: ReadonlySet<string>): void
}

const untouched: Draft = { edit: null, note: '', isSecret: false }

export const useDrafts = create<DraftStore>()(
  persist(
    (set) => ({
      drafts: {},
      write: (decision, part) =>
        set(({ drafts }) => ({ drafts: { ...drafts, [decision]: { ...(drafts[decision] ?? untouched), ...part } } })),
      drop: (decision) => set(({ drafts }) => ({ drafts: without(drafts, (id) => id === decision) })),
      keepOnly: (open) => set(({ drafts }) => ({ drafts: without(drafts, (id) => !open.has(id)) })),
    }),
    {
      name: 'cairn.decision-drafts',
      storage: createJSONStorage(() => localStorage),
      partialize: ({ drafts }) => ({ drafts: keptOf(drafts) }),
      merge: (stored, present) => ({ ...present, ...Drafts.catch({ drafts: {} }).parse(stored) }),
    },
  ),
)

/** What may be written down outside the page. */
export function keptOf(drafts: DraftStore['drafts']): DraftStore['drafts'] {
  return Object.fromEntries(Object.entries(drafts).map(([id, draft]) => [id, draft.isSecret ? { ...draft, edit: null } : draft]))
}

export function useDraft(decision: DecisionId): Draft {
  return useDrafts(({ drafts }) => drafts[decision] ?? untouched)
}

function without(drafts: DraftStore['drafts'], isDropped: (id: string) => boolean): DraftStore['drafts'] {
  return Object.fromEntries(Object.entries(drafts).filter(([id]) => !isDropped(id)))
}

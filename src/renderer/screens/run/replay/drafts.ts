/** What somebody has written for a replay that is not begun yet: it outlives a reload, and is there at any checkpoint. */
import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { RunId } from '../../../../model/ids.ts'
import { Json } from '../../../../model/json.ts'
import { DefinitionChoice } from '../../../../model/preview.ts'

const Edit = z.object({
  value: Json.optional(),
  /** As JSON, where it reads otherwise than the value; it may be no JSON yet. */
  written: z.string().nullable(),
  /** False where it comes to what the value was. */
  isChange: z.boolean(),
  /** Its author marked the value as sensitive: what is written instead does not leave the page. */
  isSecret: z.boolean(),
})
export type Edit = z.infer<typeof Edit>

const Draft = z.object({
  /** Null while the usual one stands there. */
  reason: z.string().nullable(),
  /** Which definition the new run is to go by, where there is a choice. */
  definition: DefinitionChoice.default('pinned'),
  /** By the key of the value in the state. */
  edits: z.record(z.string(), Edit),
})
export type ReplayDraft = z.infer<typeof Draft>

const Drafts = z.object({ drafts: z.record(z.string(), Draft).catch({}) })
type Drafts = z.infer<typeof Drafts>

/** Drafts of other runs are let go, the oldest first. */
const mostDrafts = 20
/** An edit of more characters is too much for the browser to keep. */
const mostKept = 200_000

interface DraftStore extends Drafts {
  change(run: RunId, change: (draft: ReplayDraft) => ReplayDraft): void
  drop(run: RunId): void
}

const untouched: ReplayDraft = { reason: null, definition: 'pinned', edits: {} }

export const useReplayDrafts = create<DraftStore>()(
  persist(
    (set) => ({
      drafts: {},
      change: (run, change) =>
        set(({ drafts: { [run]: draft = untouched, ...others } }) => ({
          drafts: Object.fromEntries([...Object.entries(others), [run, change(draft)] as const].slice(-mostDrafts)),
        })),
      drop: (run) => set(({ drafts: { [run]: _, ...others } }) => ({ drafts: others })),
    }),
    {
      name: 'cairn.replay-drafts',
      storage: createJSONStorage(() => localStorage),
      partialize: ({ drafts }) => ({ drafts: keptOf(drafts) }),
      merge: (stored, present) => ({ ...present, ...Drafts.catch({ drafts: {} }).parse(stored) }),
    },
  ),
)

/** What may be written down outside the page. */
export function keptOf(drafts: Drafts['drafts']): Drafts['drafts'] {
  return Object.fromEntries(
    Object.entries(drafts).map(([run, { edits, ...draft }]) => [
      run,
      { ...draft, edits: Object.fromEntries(Object.entries(edits).filter(([, edit]) => isKept(edit))) },
    ]),
  )
}

function isKept({ value, written, isSecret }: Edit): boolean {
  return !isSecret && (written ?? JSON.stringify(value ?? null)).length <= mostKept
}

export function useReplayDraft(run: RunId): ReplayDraft {
  return useReplayDrafts(({ drafts }) => drafts[run] ?? untouched)
}

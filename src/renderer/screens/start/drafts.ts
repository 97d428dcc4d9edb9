/** What somebody has filled in to start a workflow with and has not started yet; it is there again after a reload. */
import { z } from 'zod'
import { create } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import { RunId, type WorkflowName } from '../../../model/ids.ts'
import { Json } from '../../../model/json.ts'

export const Draft = z.object({
  /** Left out where nothing is given yet. */
  input: Json.optional(),
  /** The input as JSON that is being written, where it reads otherwise than the input; it may be no JSON yet. */
  written: z.string().nullable(),
  context: Json.optional(),
  correlation: z.string(),
  /** The earlier run that it began with, and that run's input. */
  origin: z.object({ run: RunId, input: Json }).nullable(),
  /** Its author marked something of the input as sensitive: what is written does not leave the page. */
  isSecret: z.boolean().default(false),
})
export type Draft = z.infer<typeof Draft>

const Drafts = z.object({ drafts: z.record(z.string(), Draft).catch({}) })

/** A workflow may be called `constructor`: what every object has by birth is no draft. */
export function draftOf(drafts: Readonly<Record<string, Draft>>, workflow: string): Draft | undefined {
  return Object.hasOwn(drafts, workflow) ? drafts[workflow] : undefined
}

interface DraftStore extends z.infer<typeof Drafts> {
  write(workflow: WorkflowName, draft: Draft): void
  drop(workflow: WorkflowName): void
}

export const useDrafts = create<DraftStore>()(
  persist(
    (set) => ({
      drafts: {},
      write: (workflow, draft) => set(({ drafts }) => ({ drafts: { ...drafts, [workflow]: draft } })),
      drop: (workflow) => set(({ drafts }) => ({ drafts: Object.fromEntries(Object.entries(drafts).filter(([name]) => name !== workflow)) })),
    }),
    {
      name: 'cairn.start-drafts',
      storage: createJSONStorage(() => localStorage),
      partialize: ({ drafts }) => ({ drafts: Object.fromEntries(Object.entries(drafts).filter(([, { isSecret }]) => !isSecret)) }),
      merge: (stored, present) => ({ ...present, ...Drafts.catch({ drafts: {} }).parse(stored) }),
    },
  ),
)

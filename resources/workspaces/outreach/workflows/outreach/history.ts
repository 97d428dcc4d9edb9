import { z } from 'cairn'
import { Draft } from './draft.ts'
import type { History } from './drafting/write-draft.ts'
import { Final } from './final.ts'

const Answer = z.object({ action: z.string(), note: z.string().nullable() })

/** Reads a run's earlier rounds out of what its steps put out then. */
export function historyOf(earlier: {
  readonly draft?: readonly unknown[] | undefined
  readonly finalise?: readonly unknown[] | undefined
  readonly approve?: readonly unknown[] | undefined
}): History {
  const draft = Draft.safeParse(earlier.draft?.at(-1)).data
  const final = Final.safeParse(earlier.finalise?.at(-1)).data
  const answers = z.array(Answer).parse(earlier.approve ?? [])
  return {
    last: draft && final && { draft, final },
    notes: answers.flatMap(({ note }) => note ?? []),
  }
}

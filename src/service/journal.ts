import type { JournalEntry, Position } from '../model/entry.ts'
import type { RunId } from '../model/ids.ts'
import { answering, resumeFrom } from './answering.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'
import { journalStream, startOf } from './streams.ts'

interface JournalPage {
  readonly after?: Position | undefined
  readonly before?: Position | undefined
  readonly limit: number
}

/** Entries of a run, or of all where it is null, oldest first. */
export async function pageOf(
  { queries }: Pick<ServiceParts, 'queries'>,
  { after = 0, before, limit }: JournalPage,
  run: RunId | null,
): Promise<JournalEntry[]> {
  const page = before === undefined ? queries.journal(after, limit, run) : queries.journalBefore(before, limit, run)
  return [...(await page)]
}

export function journal({ journal: procedure }: Procedures, parts: ServiceParts) {
  return {
    list: procedure.list.handler(async ({ input }) => ({ entries: await pageOf(parts, input, null) })),

    watch: procedure.watch.handler(({ input, signal, lastEventId }) =>
      answering(parts, journalStream(parts, startOf(parts.feed, resumeFrom(lastEventId, input.after)), signal)),
    ),
  }
}

import { z } from 'zod'
import { JournalEntry, Position } from '../model/entry.ts'
import { Instant } from '../model/ids.ts'
import { RunSummary } from '../model/views.ts'
import { procedure, stream } from './procedure.ts'

const tags = ['news']

/** What else a piece of news may have changed: whoever shows it asks for it again. */
const Touched = z.object({
  /** A decision was opened or closed. */
  decisions: z.boolean(),
  /** A workflow was loaded or refused, or its file is gone. */
  workflows: z.boolean(),
  /** The host started, has checked its store, raised an alarm, or was told to trust a folder. */
  host: z.boolean(),
  /** Runs are there no more: retention removed them. */
  removed: z.boolean(),
})

/**
 * News begins behind this position. Where it comes again, news was lost: all that is shown is to be asked for again.
 * `at` is the present by the host's clock, from which every age is to be counted.
 */
const opened = z.object({ type: z.literal('opened'), position: Position, at: Instant })

/**
 * All that was committed since the item before, up to `position`: at once where nothing was told for a while, otherwise
 * at most each 25 ms. Where only something was touched of which no entry tells, `position` stays what it was.
 */
const changed = z.object({
  type: z.literal('changed'),
  position: Position,
  /** Each run that changed, once, as it is at `position`. */
  runs: z.array(RunSummary),
  /** The newest entries, oldest first. */
  latest: z.array(JournalEntry).max(10),
  touched: Touched,
})

export const NewsItem = z.discriminatedUnion('type', [opened, changed])
export type NewsItem = z.infer<typeof NewsItem>
export type Touched = z.infer<typeof Touched>

export const news = {
  watch: procedure
    .route({ method: 'GET', path: '/news/watch', tags, summary: 'What changes as it changes, gathered for lists' })
    .output(stream(NewsItem)),
}

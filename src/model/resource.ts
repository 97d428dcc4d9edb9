/** What there is only so much of: what a workspace names, and limits of the engine's own. */
import { z } from 'zod'
import { Instant, RunId, StepId, WorkflowName } from './ids.ts'
import { Priority } from './priority.ts'

export const ResourceName = z
  .string('a name like smtp: a letter, then letters, digits, _ or -, 64 at most')
  .regex(/^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/, 'a name like smtp: a letter, then letters, digits, _ or -, 64 at most')
export type ResourceName = z.infer<typeof ResourceName>

const most = 1_000_000

/** How much of each a step takes for as long as an attempt of it is under way. */
export const Uses = z.record(ResourceName, z.int().min(1).max(most))
export type Uses = z.infer<typeof Uses>

/** How much of each a run holds from when the first of the steps that say so begins until the last of them has ended. */
export const Holds = z.record(ResourceName, z.int().min(1).max(most))
export type Holds = z.infer<typeof Holds>

/** What a run holds over several of its steps, since the pass began that was the first of them. */
export const Hold = z.object({
  amount: z.int().min(1),
  step: StepId,
  iteration: z.int().min(1),
  since: Instant,
  /** The checkpoint that holds what the run was before that pass, and the version of the run that took it. */
  checkpoint: z.int().nonnegative(),
  order: z.int().nonnegative(),
})
export type Hold = z.infer<typeof Hold>

/** How much there is of a resource; none of it closes the resource. */
export const Capacity = z.int().min(0).max(most)

/** Of a resource that nobody has declared there is one: a name is a lock unless more is said of it. */
export const undeclaredCapacity = 1

const reaching = '@reaching/'

/** What a workflow reaches. */
interface Throttled {
  readonly workflow: WorkflowName
  readonly dependency: string
}

/** Limits stand beside resources, under names that no resource can have. */
export const limitNames = {
  runs: '@runs',
  runsOf: (workflow: WorkflowName): string => `@runs/${workflow}`,
  attempts: '@attempts',
  attemptsOf: (workflow: WorkflowName): string => `@attempts/${workflow}`,
  attemptsAt: (workflow: WorkflowName, step: StepId): string => `@attempts/${workflow}/${step}`,
  /** The one of a throttle. */
  reaching: ({ workflow, dependency }: Throttled): string => `${reaching}${workflow}/${dependency}`,
} as const

export function isLimit(name: string): boolean {
  return name.startsWith('@')
}

/** The dependency and the workflow that a limit throttles; undefined of any other limit. */
export function throttledBy(name: string): Throttled | undefined {
  if (!name.startsWith(reaching)) return undefined
  const [workflow = '', ...dependency] = name.slice(reaching.length).split('/')
  return { workflow: WorkflowName.parse(workflow), dependency: dependency.join('/') }
}

/** A resource or a limit in words that go on after "waits for". */
export function nameInWords(name: string): string {
  if (!isLimit(name)) return name
  const throttled = throttledBy(name)
  if (throttled !== undefined) return `its turn among those of ${throttled.workflow} that reach ${throttled.dependency}`
  const [what = '', workflow, step] = name.slice(1).split('/')
  const place = step === undefined ? workflow : `${workflow} › ${step}`
  return `its turn among ${what}${place === undefined ? '' : ` of ${place}`}`
}

/** An attempt or, where no step is named, a run as a whole that holds or wants so much. */
const Claimant = z.object({
  run: RunId,
  workflow: WorkflowName,
  step: StepId.nullable(),
  iteration: z.int().min(1).nullable(),
  amount: z.int().min(1),
  since: Instant,
})

/** `for` an attempt, for several steps of the run, or for as long as the run goes on. */
export const Holder = Claimant.extend({ for: z.enum(['attempt', 'steps', 'run']) })
export type Holder = z.infer<typeof Holder>

/** `place` counts from 1 over those that wait for the same. */
export const Waiter = Claimant.extend({ priority: Priority, place: z.int().min(1) })
export type Waiter = z.infer<typeof Waiter>

/** A resource, or a limit that is set, as it stands. */
export const ResourceStanding = z.object({
  /** Limits begin with `@`. */
  name: z.string(),
  capacity: Capacity,
  /** False of a resource that a step uses and the settings do not name. */
  isDeclared: z.boolean(),
  held: z.int().nonnegative(),
  /** Those that have held longest, first. */
  holders: z.array(Holder),
  /** How many wait in all. */
  waiting: z.int().nonnegative(),
  /** Those that are served next, first. */
  waiters: z.array(Waiter),
})
export type ResourceStanding = z.infer<typeof ResourceStanding>

/** Runs that wait to begin: how many, and how many may. */
export const QueueStanding = z.object({ queued: z.int().nonnegative(), most: z.int().nonnegative() })
export type QueueStanding = z.infer<typeof QueueStanding>

/** How a resource or a limit stands, in one word. */
export type Usage = 'free' | 'in_use' | 'awaited' | 'closed'

export function usageOf({ capacity, held, waiting }: Pick<ResourceStanding, 'capacity' | 'held' | 'waiting'>): Usage {
  if (capacity === 0) return 'closed'
  if (waiting > 0) return 'awaited'
  return held === 0 ? 'free' : 'in_use'
}

/**
 * What becomes of child runs by what is about to be done to the run above them, of their children, and so on (law 8). Each that
 * begins, goes on, ends or is undone is an item of one flat list, after the one that it is a child of.
 */
import { z } from 'zod'
import { Outside, RunsNext } from './ahead.ts'
import { Instant, RunId, StepId, WorkflowName } from './ids.ts'

const pass = { step: StepId, iteration: z.int().min(1) }

export const ChildAhead = z.object({
  /** The steps that lead to it, from the run that is acted on: the last one is the step whose child it is. */
  path: z.array(StepId).min(1),
  workflow: WorkflowName,
  /** Null where it has yet to begin. */
  run: RunId.nullable(),
  /**
   * `ends`: it is brought to its end with what it did undone. `undone`: it had completed, and is taken back. `gone`: it had completed,
   * and is not in the store any more, so that nothing can take it back.
   */
  becomes: z.enum(['begins', 'goes_on', 'ends', 'undone', 'gone']),
  /** True unless something fails; false where it hangs on data, on a person or on a failure whether it begins. */
  certain: z.boolean(),
  why: z.string().nullable(),
  runs: z.array(RunsNext),
  /** Effects of what runs, and of what is undone. Under which key is known where the run has its id. */
  outside: z.array(Outside.extend({ key: z.string().nullable() })),
  /** Passes that are compensated, in this order. One that is not certain is under way: it is if it completes. */
  compensates: z.array(z.object({ ...pass, certain: z.boolean() })),
  /** Effects begun and unanswered: it does not end before it is known whether they happened. */
  inDoubt: z.array(z.object({ ...pass, since: Instant })),
  /** Why what it does cannot be told; null where all of it is. */
  unknown: z.string().nullable(),
})
export type ChildAhead = z.infer<typeof ChildAhead>

/** Whether whoever acts is to look at it: it reaches out, or what it did cannot be taken back. */
export function wantsAttention(child: ChildAhead): boolean {
  return reachesOut(child) || child.becomes === 'gone'
}

/** Whether it touches the outside world, or may, or has left something in doubt. */
export function reachesOut({ outside, inDoubt, unknown }: ChildAhead): boolean {
  return outside.length > 0 || inDoubt.length > 0 || unknown !== null
}

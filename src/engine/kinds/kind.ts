import type { Address } from '../../model/ids.ts'
import type { StepKind, StepManifestMap } from '../../model/manifest.ts'
import type { StepRecord } from '../../model/step.ts'
import type { TaskResult } from '../ports.ts'
import type { Unborn } from '../turn/unborn.ts'
import type { Turn } from '../turn/turn.ts'

/** What an executor answered, with the child run that is to come of it made ready. */
export type AttemptResult = Exclude<TaskResult, { type: 'calls' }> | { readonly type: 'begins'; readonly child: Unborn }

/** The answers of an attempt that only some kinds give, once kept: the step goes on to wait for something. */
export type Prepared =
  | { readonly type: 'asked'; readonly shown: Address }
  | Extract<TaskResult, { type: 'waits' }>
  | Extract<AttemptResult, { type: 'begins' }>

/** What the engine has to know of a step kind. A new kind is one file here and one row in the registry. */
export interface KindBehaviour<K extends StepKind> {
  /** The step is ready: start an attempt, or go straight to waiting. */
  begin(turn: Turn, manifest: StepManifestMap[K], record: StepRecord): void
  /** Its attempt has prepared something to wait for; false where this kind does not wait for that. */
  wait(turn: Turn, manifest: StepManifestMap[K], record: StepRecord, prepared: Prepared): boolean
}

import type { StepKind, StepManifestMap } from '../../model/manifest.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Turn } from '../turn/turn.ts'
import { approval } from './approval.ts'
import { code } from './code.ts'
import { email } from './email.ts'
import { http } from './http.ts'
import type { KindBehaviour, Prepared } from './kind.ts'
import { shell } from './shell.ts'
import { wait } from './wait.ts'
import { workflow } from './workflow.ts'

const kinds: { readonly [K in StepKind]: KindBehaviour<K> } = { code, shell, approval, wait, email, http, workflow }

/** Begins a step that is ready, as its kind does. */
export function beginStep<K extends StepKind>(turn: Turn, manifest: StepManifestMap[K], record: StepRecord): void {
  const kind: K = manifest.kind
  kinds[kind].begin(turn, manifest, record)
}

/** Lets a step wait for what its attempt prepared; false where its kind does not know that. */
export function letStepWait<K extends StepKind>(
  turn: Turn,
  manifest: StepManifestMap[K],
  record: StepRecord,
  prepared: Prepared,
): boolean {
  const kind: K = manifest.kind
  return kinds[kind].wait(turn, manifest, record, prepared)
}

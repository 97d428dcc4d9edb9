import {
  Ban,
  CheckCircle2,
  Circle,
  CircleDashed,
  CircleHelp,
  CirclePause,
  CircleSlash,
  CircleX,
  Clock3,
  FileWarning,
  Hand,
  History,
  Loader,
  LockKeyhole,
  type LucideIcon,
  MailX,
  PencilLine,
  RotateCcw,
  ShieldAlert,
  SkipForward,
  Undo2,
  Workflow,
} from 'lucide-react'
import type { RecoveryOutcome } from '../../../model/error-record.ts'
import type { Usage } from '../../../model/resource.ts'
import type { Severity } from '../../../model/severity.ts'
import type { AttemptStatus, BreakerStatus, DecisionStatus, ErrorStatus, RunStatus, RunWait, StepStatus, StepWait } from '../../../model/status.ts'

/** What a colour says, and nothing else does. */
export type Tone = 'running' | 'success' | 'failure' | 'attention' | 'inactive' | 'mark'

/** A status is always shown as all three. */
export interface Look {
  readonly tone: Tone
  readonly word: string
  readonly icon: LucideIcon
}

export const runLook: Readonly<Record<RunStatus, Look>> = {
  queued: { tone: 'inactive', word: 'Queued', icon: CircleDashed },
  running: { tone: 'running', word: 'Running', icon: Loader },
  waiting: { tone: 'inactive', word: 'Waiting', icon: Clock3 },
  paused: { tone: 'attention', word: 'Paused', icon: CirclePause },
  compensating: { tone: 'attention', word: 'Compensating', icon: Undo2 },
  completed: { tone: 'success', word: 'Completed', icon: CheckCircle2 },
  failed: { tone: 'failure', word: 'Failed', icon: CircleX },
  cancelled: { tone: 'inactive', word: 'Cancelled', icon: Ban },
  quarantined: { tone: 'failure', word: 'Quarantined', icon: ShieldAlert },
}

const runWaits: Readonly<Record<RunWait, Look>> = {
  timer: { tone: 'inactive', word: 'Waits for a time', icon: Clock3 },
  backoff: { tone: 'running', word: 'Tries again soon', icon: RotateCcw },
  decision: { tone: 'attention', word: 'Needs a decision', icon: Hand },
  resource: { tone: 'inactive', word: 'Waits for a resource', icon: Clock3 },
  child: { tone: 'running', word: 'Waits for a child run', icon: Workflow },
  breaker: { tone: 'attention', word: 'Held by a breaker', icon: CirclePause },
  in_doubt: { tone: 'attention', word: 'In doubt', icon: CircleHelp },
  dead_letter: { tone: 'attention', word: 'Dead letter', icon: MailX },
}

/** A run as it stands: a waiting one says what for. */
export function lookOfRun({ status, waiting }: { status: RunStatus; waiting: RunWait | null }): Look {
  return status === 'waiting' && waiting !== null ? runWaits[waiting] : runLook[status]
}

export const stepLook: Readonly<Record<StepStatus, Look>> = {
  pending: { tone: 'inactive', word: 'Not started', icon: Circle },
  running: { tone: 'running', word: 'Running', icon: Loader },
  waiting: { tone: 'inactive', word: 'Waiting', icon: Clock3 },
  completed: { tone: 'success', word: 'Completed', icon: CheckCircle2 },
  skipped: { tone: 'inactive', word: 'Skipped', icon: SkipForward },
  failed: { tone: 'failure', word: 'Failed', icon: CircleX },
  superseded: { tone: 'inactive', word: 'Superseded', icon: History },
  cancelled: { tone: 'inactive', word: 'Cancelled', icon: Ban },
  in_doubt: { tone: 'attention', word: 'In doubt', icon: CircleHelp },
}

const stepWaits: Readonly<Record<StepWait, Look>> = {
  backoff: { tone: 'running', word: 'Tries again', icon: RotateCcw },
  timer: { tone: 'inactive', word: 'Waits for a time', icon: Clock3 },
  decision: { tone: 'attention', word: 'Needs a decision', icon: Hand },
  fallback: { tone: 'running', word: 'Its fallback runs', icon: Undo2 },
  breaker: { tone: 'attention', word: 'Held by a breaker', icon: CirclePause },
  child: { tone: 'running', word: 'Its child runs', icon: Workflow },
  resource: { tone: 'inactive', word: 'Waits for a resource', icon: Clock3 },
  dead_letter: { tone: 'attention', word: 'Dead letter', icon: MailX },
}

/** What a person has to let touch the outside world first. */
export const armLook: Look = { tone: 'attention', word: 'To be armed', icon: LockKeyhole }

/** A step as it stands: a waiting one says what for. */
export function lookOfStep({ status, waiting }: { status: StepStatus; waiting: { for: StepWait } | null }): Look {
  return status === 'waiting' && waiting !== null ? stepWaits[waiting.for] : stepLook[status]
}

export const attemptLook: Readonly<Record<AttemptStatus, Look>> = {
  running: { tone: 'running', word: 'Running', icon: Loader },
  completed: { tone: 'success', word: 'Completed', icon: CheckCircle2 },
  failed: { tone: 'failure', word: 'Failed', icon: CircleX },
  interrupted: { tone: 'inactive', word: 'Interrupted', icon: CircleSlash },
  superseded: { tone: 'inactive', word: 'Superseded', icon: History },
  cancelled: { tone: 'inactive', word: 'Cancelled', icon: Ban },
  in_doubt: { tone: 'attention', word: 'In doubt', icon: CircleHelp },
}

export const errorLook: Readonly<Record<ErrorStatus, Look>> = {
  recovering: { tone: 'running', word: 'Recovering', icon: RotateCcw },
  waiting: { tone: 'attention', word: 'Waits for a person', icon: Hand },
  recovered: { tone: 'success', word: 'Recovered', icon: CheckCircle2 },
  failed: { tone: 'failure', word: 'Failed', icon: CircleX },
  withdrawn: { tone: 'inactive', word: 'Withdrawn', icon: CircleSlash },
}

export const recoveryLook: Readonly<Record<RecoveryOutcome, Look>> = {
  under_way: { tone: 'running', word: 'Under way', icon: Loader },
  worked: { tone: 'success', word: 'Worked', icon: CheckCircle2 },
  answered: { tone: 'inactive', word: 'Answered', icon: PencilLine },
  failed: { tone: 'failure', word: 'Did not help', icon: CircleX },
  withdrawn: { tone: 'inactive', word: 'Withdrawn', icon: CircleSlash },
}

export const breakerLook: Readonly<Record<BreakerStatus, Look>> = {
  closed: { tone: 'inactive', word: 'Closed', icon: Circle },
  open: { tone: 'failure', word: 'Open', icon: CirclePause },
  half_open: { tone: 'attention', word: 'Half open', icon: CircleDashed },
}

export const usageLook: Readonly<Record<Usage, Look>> = {
  free: { tone: 'inactive', word: 'Free', icon: Circle },
  in_use: { tone: 'running', word: 'In use', icon: Loader },
  awaited: { tone: 'attention', word: 'Waited for', icon: Clock3 },
  closed: { tone: 'failure', word: 'Closed', icon: Ban },
}

export const severityTone: Readonly<Record<Severity, Tone>> = {
  low: 'inactive',
  medium: 'attention',
  high: 'failure',
  critical: 'failure',
}

export const decisionLook: Readonly<Record<DecisionStatus, Look>> = {
  pending: { tone: 'attention', word: 'Needs a decision', icon: Hand },
  approved: { tone: 'success', word: 'Approved', icon: CheckCircle2 },
  rejected: { tone: 'failure', word: 'Rejected', icon: CircleX },
  edited: { tone: 'success', word: 'Approved with an edit', icon: PencilLine },
  expired: { tone: 'attention', word: 'Expired', icon: Clock3 },
  withdrawn: { tone: 'inactive', word: 'Withdrawn', icon: CircleSlash },
}

export const workflowLook: Readonly<Record<'ready' | 'refused', Look>> = {
  ready: { tone: 'success', word: 'Ready', icon: CheckCircle2 },
  refused: { tone: 'failure', word: 'Cannot be loaded', icon: FileWarning },
}

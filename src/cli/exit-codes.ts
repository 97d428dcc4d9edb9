import type { RunStatus } from '../model/status.ts'

/** How a command ends. Those of a host that does not start are in `host/exit-codes.ts`, from 10 on; that of its store is of a host that runs, too. */
export const exitCodes = {
  /** Done; of a run: completed. */
  done: 0,
  /** The run failed, or something unforeseen happened. */
  failed: 1,
  /** The command line, or what was given, does not do. */
  refused: 2,
  /** The run was cancelled, by a person or because somebody rejected. */
  cancelled: 3,
  /** The run waits for a decision that nobody can give here. */
  undecided: 4,
  /** Somebody else was faster; nothing was changed. */
  conflict: 5,
  /** The host could not be reached, or was lost. */
  unreachable: 6,
  /** Something in the store is not what was written. */
  damaged: 7,
  /** As many runs are queued as may be; the same may do later. */
  busy: 8,
  /** Ctrl+C: the run itself goes on. */
  interrupted: 130,
} as const

/** The exit code for how a run ended. */
export function exitCodeOf(status: RunStatus): number {
  if (status === 'completed') return exitCodes.done
  return status === 'cancelled' ? exitCodes.cancelled : exitCodes.failed
}

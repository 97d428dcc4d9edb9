/**
 * What becomes of the tasks whose process is gone: a pure function of why it is gone.
 *
 * The rule: a task is told `own` where it may have been its doing. So where the guilty one is known, only that one is;
 * where it is not, all are, and each runs alone from then on.
 */
import type { Exceeded } from '../../model/allowance.ts'
import type { Failure } from '../../model/failure.ts'
import type { Exit } from './executor-process.ts'

export type Cause =
  /** It ended of itself, and nobody knows why. */
  | { readonly type: 'exit' }
  /** It said why it ended; `ticket` names whose code did it, where that is known. */
  | { readonly type: 'crash'; readonly ticket: number | null; readonly failure: Failure }
  /** A stopped handler did not settle. */
  | { readonly type: 'stop' }
  /** Somebody's code kept it from answering. */
  | { readonly type: 'silence' }
  | { readonly type: 'resource'; readonly message: string; readonly wayOut: string; readonly exceeded: Exceeded }

export interface Ending {
  readonly failure: Failure
  readonly own: boolean
}

/** How the process ended, and how much memory it was let have. */
export type Gone = Exit & { readonly memory: number }

/** Why a task of a dead process ended. `printed` is the last that the process printed. */
export function ending(ticket: number, cause: Cause, gone: Gone, printed: string): Ending {
  switch (cause.type) {
    case 'exit':
      return { failure: exited(gone, printed), own: true }
    case 'crash':
      if (cause.ticket === null || cause.ticket === ticket) return { failure: cause.failure, own: true }
      return { failure: another(`crashed (${cause.failure.message})`), own: false }
    case 'stop':
      return { failure: another('did not end when it was stopped'), own: false }
    case 'silence':
      return { failure: silent, own: true }
    case 'resource':
      return { failure: resourceLimit(cause), own: true }
  }
}

const longestTail = 2_000

/** What Node.js prints from there on tells where in the machine it was; the log of the attempt has it. */
const dump = '----- Native stack trace -----'

/** What can be done where a process took more memory than it may. */
export const holdLess = 'let the step hold less at once, or raise detection.memory of it, or recovery.wait_for_resource.memory'

const silent: Failure = {
  class: 'crash',
  name: 'ProcessSilent',
  message: 'the process that it ran in did not answer any more: its code, or another\'s there, computes without a pause',
  wayOut: 'await something within long computations, or declare the step isolated',
}

function resourceLimit({ message, wayOut, exceeded }: Extract<Cause, { type: 'resource' }>): Failure {
  return { class: 'resource', name: 'ResourceLimit', message, wayOut, exceeded }
}

function another(what: string): Failure {
  return { class: 'crash', name: 'ProcessLost', message: `another attempt in the same process ${what}` }
}

function exited({ code, signal, memory }: Gone, printed: string): Failure {
  const how = signal ?? `exit code ${code ?? 'unknown'}`
  const tail = printed.split(dump, 1).join('').trim().slice(-longestTail)
  const outOfMemory = printed.includes('JavaScript heap out of memory')
  return {
    class: outOfMemory ? 'resource' : 'crash',
    name: outOfMemory ? 'OutOfMemory' : 'ProcessExit',
    message: `the process that it ran in ended with ${how}${tail === '' || outOfMemory ? '' : `: ${tail}`}`,
    ...(outOfMemory && { wayOut: holdLess, exceeded: { of: 'memory', limit: memory } }),
  }
}

/** A process that never got as far as running anything. */
export function neverStarted({ code, signal }: Exit, printed: string): Failure {
  return {
    class: 'crash',
    name: 'ExecutorNotStarted',
    message: `an executor process ended with ${signal ?? `exit code ${code ?? 'unknown'}`} before it was ready: ${printed.trim().slice(-longestTail)}`,
    wayOut: 'look at what it printed; nothing of the step has run',
  }
}

/**
 * Runs one program, without a shell, to the end of it and of all that it has started.
 *
 * Invariants:
 * 1. When this resolves, nobody of the program's tree is there any more: whatever it left running has ended with it.
 * 2. From before the program starts until then a guard stands by, which ends the tree where this process ends first.
 * 3. A program starts once nobody is there of those that were started in its place before, also where nobody watched over them.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Millis } from '../../model/ids.ts'
import type { Program } from './command.ts'
import { type Guard, postGuard } from './guard/guard.ts'
import { Printed } from './printed.ts'
import { endTree, stopTree } from './tree/end-tree.ts'
import type { Tree } from './tree/members.ts'

/** The variable by which a program and all that it has started are known. */
const markName = 'CAIRN_PROGRAM'

/** How long what a dead program last printed may take to arrive, in milliseconds. */
const lastWords = 1_000

export type Stream = 'stdout' | 'stderr'

export type Ending =
  | { readonly type: 'exited'; readonly code: number }
  /** By a signal, which was not ours unless the run was stopped. */
  | { readonly type: 'killed'; readonly signal: string }
  | { readonly type: 'not_started'; readonly error: unknown }
  /** Its guard was gone: it was ended, since nobody would have, had we ended. */
  | { readonly type: 'unguarded' }

export interface Ran {
  readonly ending: Ending
  readonly stdout: Printed
  readonly stderr: Printed
  /** From its start to its end, by a clock that nothing sets. */
  readonly duration: Millis
}

export interface RunOptions {
  /** For what it runs: of the programs that have the same place there is one at a time. */
  readonly place: string
  /** Once it aborts, the tree is asked to end, and then ended. */
  readonly signal: AbortSignal
  readonly line: (stream: Stream, line: string) => void
}

/** Never fails: what cannot be started has ended so. */
export async function runProgram(program: Program, { place, signal, line }: RunOptions): Promise<Ran> {
  const stdout = new Printed((text) => line('stdout', text))
  const stderr = new Printed((text) => line('stderr', text))
  const placeMark = createHash('sha256').update(place).digest('hex')
  const mark = `${placeMark}-${randomUUID()}`
  const unguarded = new AbortController()
  let guard: Guard | undefined
  try {
    await endTree({ leader: undefined, mark: placeMark })
    guard = await postGuard(mark, () => unguarded.abort())
    signal.throwIfAborted()
    const child = start(program, mark)
    if (child.pid === undefined) throw await firstError(child)
    guard.over(child.pid)
    const stop = AbortSignal.any([signal, unguarded.signal])
    const { ending, duration } = await toItsEnd(child, { leader: child.pid, mark }, { signal: stop, stdout, stderr })
    return { ending: unguarded.signal.aborted ? { type: 'unguarded' } : ending, stdout, stderr, duration }
  } catch (error) {
    return { ending: { type: 'not_started', error }, stdout, stderr, duration: 0 }
  } finally {
    await guard?.dismiss()
  }
}

function start({ file, args, folder, env, stdin }: Program, mark: string): ChildProcess {
  const child = spawn(file, args, {
    cwd: folder,
    env: { ...env, [markName]: mark },
    stdio: [stdin === null ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    // A session of its own: it can be ended with all that it has started, and has no terminal to ask anybody at.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  // What it does not want to read it need not.
  child.stdin?.on('error', () => undefined).end(stdin)
  return child
}

function firstError(child: ChildProcess): Promise<Error> {
  return new Promise((resolve) => child.once('error', resolve))
}

interface Following {
  readonly signal: AbortSignal
  readonly stdout: Printed
  readonly stderr: Printed
}

async function toItsEnd(child: ChildProcess, tree: Tree, { signal, stdout, stderr }: Following): Promise<Pick<Ran, 'ending' | 'duration'>> {
  const began = performance.now()
  const read = Promise.all([follow(child.stdout, stdout), follow(child.stderr, stderr)])
  let stopped: Promise<void> | undefined
  const stop = (): void => {
    stopped = stopTree(tree)
  }
  signal.addEventListener('abort', stop, { once: true })
  const ending = await ended(child)
  const duration = Math.round(performance.now() - began)
  signal.removeEventListener('abort', stop)
  await stopped
  await endTree(tree)
  await inTime(read)
  child.stdout?.destroy()
  child.stderr?.destroy()
  stdout.end()
  stderr.end()
  return { ending, duration }
}

function ended(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve) => {
    child.once('exit', (code, by) => resolve(code === null ? { type: 'killed', signal: by ?? 'a signal' } : { type: 'exited', code }))
  })
}

/** Resolves once the stream has ended, however that came about. */
async function follow(stream: Readable | null, into: Printed): Promise<void> {
  if (stream === null) return
  stream.setEncoding('utf8').on('data', (piece: string) => into.push(piece))
  await finished(stream).catch(() => undefined)
}

/** Waits no longer than what a dead program last printed may take: one that has shed every sign of its tree may hold the pipe. */
async function inTime(all: Promise<unknown>): Promise<void> {
  const over = new AbortController()
  const late = delay(lastWords, undefined, { signal: over.signal }).catch(() => undefined)
  await Promise.race([all, late])
  over.abort()
}

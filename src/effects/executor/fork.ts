import { type ChildProcess, spawn } from 'node:child_process'
import { Duplex, type Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { inheritedEnvironment } from './environment.ts'
import { lastWords, longestText, type ProcessEvents, type StartProcess } from './executor-process.ts'
import { Lines } from './lines.ts'

const windows = process.platform === 'win32'

export interface ForkOptions {
  /** The executor's entry; the source as it lies here unless the host was bundled. */
  readonly entry?: string
  /** What the workspace gives its code on top of the inherited few. */
  readonly env?: Readonly<Record<string, string>>
  /** Bound of the JavaScript heap, in bytes, where nothing is said of a process. */
  readonly memory: number
}

/**
 * Starts executors as children of this process. They speak over a pipe of our own rather than Node's: code that writes
 * nonsense to that one takes down the process that reads it, which is the host.
 */
export function forkExecutors({ entry = sourceEntry(), env = {}, memory }: ForkOptions): StartProcess {
  return (events, own = memory) => {
    const child = spawn(process.execPath, [`--max-old-space-size=${Math.floor(own / 2 ** 20)}`, entry], {
      env: { ...inheritedEnvironment(), ...env },
      // Nothing to read; two that it prints to; the channel; and the lifeline, that closes when this host is gone.
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      // A group of its own: it can be killed with all that it started, and a Ctrl+C is the host's to handle.
      detached: !windows,
      windowsHide: true,
    })
    const [, stdout, stderr, channel] = streamsOf(child)
    const report = once(events.exited)
    for (const stream of [stdout, stderr]) stream?.setEncoding('utf8').on('data', (text: string) => events.output(text))
    if (channel instanceof Duplex) listen(channel, events)
    child.on('exit', (code, signal) => {
      killGroup(child.pid)
      // A program that got away may hold the pipes open for ever.
      const late = setTimeout(() => report({ code, signal }), lastWords)
      child.once('close', () => clearTimeout(late))
    })
    child.on('close', (code, signal) => report({ code, signal }))
    child.on('error', (error) => {
      if (child.pid !== undefined) return
      events.output(`${error.message}\n`)
      report({ code: null, signal: null })
    })

    return {
      pid: child.pid,
      send: (text) => {
        if (channel instanceof Duplex && channel.writable) channel.write(`${text}\n`)
      },
      kill: () => {
        if (child.exitCode !== null || child.signalCode !== null) return
        killGroup(child.pid)
        child.kill('SIGKILL')
      },
    }
  }
}

function streamsOf(child: ChildProcess): ChildProcess['stdio'] | [] {
  // Where the machine has no descriptor left, the child has no streams, whatever its type says.
  if (child.pid === undefined) return []
  // A pipe that breaks tells no more than the exit does.
  child.stdio.forEach((stream) => stream?.on('error', () => undefined))
  return child.stdio
}

function listen(channel: Readable, events: ProcessEvents): void {
  const lines = new Lines(longestText)
  channel.setEncoding('utf8').on('data', (piece: string) => {
    try {
      lines.push(piece).forEach((line) => events.text(line))
    } catch (error) {
      // Without its channel it ends itself.
      channel.destroy()
      events.output(`it said too much at once: ${String(error)}\n`)
    }
  })
}

function once<T>(call: (value: T) => void): (value: T) => void {
  let called = false
  return (value) => {
    if (!called) call(value)
    called = true
  }
}

/** Ends what the process has started too. */
function killGroup(leader: number | undefined): void {
  if (windows || leader === undefined) return
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // Nobody is left in it.
  }
}

function sourceEntry(): string {
  return fileURLToPath(new URL('child/main.ts', import.meta.url))
}

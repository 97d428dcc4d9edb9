/** What keeps the runs of an engine that has a server: a process beside the measured one, which dies with the bench. */
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface Server extends AsyncDisposable {
  /** As its contender reads it. */
  readonly address: string
}

export interface Program {
  readonly file: string
  readonly args: readonly string[]
  readonly options: SpawnOptions
  /** Hears each line that the program says; answers its address once it can be talked to. */
  readonly addressIn: (line: string) => string | undefined
  /** What ends it at once. Its folder is thrown away. */
  readonly end: NodeJS.Signals
}

const patience = 60_000
const running = new Set<ChildProcess>()
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')))
for (const signal of ['SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1))

/** @throws where it cannot be started, or ends before it can be talked to */
export async function started({ file, args, options, addressIn, end }: Program): Promise<Server> {
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const stop = async (): Promise<void> => {
    child.kill(end)
    await ended
    running.delete(child)
  }
  try {
    return { address: await addressOf(child, addressIn), [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function addressOf(child: ChildProcess, addressIn: Program['addressIn']): Promise<string> {
  return new Promise((resolve, reject) => {
    let last = 'it said nothing'
    const late = setTimeout(() => reject(new Error(`it does not start: ${last}`)), patience)
    child.once('close', () => reject(new Error(`it does not start: ${last}`)))
    child.once('error', reject)
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface(stream).on('line', (line) => {
        if (line.trim() !== '') last = line
        const address = addressIn(line)
        if (address === undefined) return
        clearTimeout(late)
        resolve(address)
      })
    }
  })
}

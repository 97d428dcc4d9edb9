/** One process that reads one module, held to its limits from outside. */
import type { Clock } from '../../engine/ports.ts'
import type { Millis } from '../../model/ids.ts'
import type { Exit, StartProcess } from '../executor/executor-process.ts'
import { usageOf } from '../executor/usage.ts'
import { LoadMessage, type LoadRequest } from './protocol.ts'
import { noSources, type Sources } from './sources.ts'

export interface LoaderLimits {
  readonly clock: Clock
  /** How long reading a module may take, in all. */
  readonly timeout: Millis
  /** Resident memory, in bytes. */
  readonly memory: number
  /** Ends it when nobody wants to know any more. */
  readonly signal?: AbortSignal | undefined
}

export type Answer = Extract<LoadMessage, { type: 'loaded' | 'refused' }>

/** How a process ended that gave no answer. */
export interface Silence {
  readonly type: 'hung' | 'greedy' | 'garbled' | 'exited'
  /** Whether the module's own code had begun to run. */
  readonly evaluating: boolean
  readonly sources: Sources
  readonly exit: Exit
  readonly printed: string
}

/** How often the process is looked at, in milliseconds. */
const gap = 250
/** How much of what it printed is kept, in characters. */
const longestPrint = 8_000

/** Has the module read, and ends the process whatever comes of it. */
export function runLoader(start: StartProcess, request: LoadRequest, limits: LoaderLimits): Promise<Answer | Silence> {
  const { clock, timeout, memory, signal } = limits
  const { promise, resolve } = Promise.withResolvers<Answer | Silence>()
  let sources = noSources
  let evaluating = false
  let printed = ''
  let over = false

  const end = (outcome: Answer | Silence): void => {
    if (over) return
    over = true
    tooLate()
    nextLook()
    signal?.removeEventListener('abort', abort)
    process.kill()
    resolve(outcome)
  }
  const silence = (type: Silence['type'], exit: Exit = { code: null, signal: null }): void => {
    end({ type, evaluating, sources, exit, printed })
  }

  const hear = (text: string): void => {
    const message = parse(text)
    if (message === undefined) return silence('garbled')
    if (message.type === 'loaded' || message.type === 'refused') return end(message)
    if (message.type === 'ready') return process.send(JSON.stringify(request))
    evaluating = true
    sources = message.sources
  }

  const look = async (): Promise<void> => {
    const { pid } = process
    const usage = pid === undefined ? undefined : (await usageOf([pid])).get(pid)
    if (over) return
    if (usage !== undefined && usage.memory > memory) silence('greedy')
    else nextLook = clock.at(clock.now() + gap, () => void look())
  }

  const process = start({
    text: hear,
    output: (text) => {
      printed = (printed + text).slice(-longestPrint)
    },
    exited: (exit) => silence('exited', exit),
  })
  const tooLate = clock.at(clock.now() + timeout, () => silence('hung'))
  let nextLook = clock.at(clock.now() + gap, () => void look())
  const abort = (): void => silence('exited')
  signal?.addEventListener('abort', abort)
  if (signal?.aborted === true) abort()
  return promise
}

function parse(text: string): LoadMessage | undefined {
  try {
    return LoadMessage.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

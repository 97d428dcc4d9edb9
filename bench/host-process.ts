/** The paced host as a process of its own, and what it tells of itself. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'

/** The commit that brought a run so far, at this time of the machine's clock. */
const Commit = z.object({ run: z.string(), attempts: z.number(), checkpoints: z.number(), at: z.number(), events: z.number() })
export type Commit = z.infer<typeof Commit>

/** Milliseconds of the processor since the process began, and MB after a collection. */
const Cost = z.object({ main: z.number(), all: z.number(), heap: z.number(), resident: z.number() })
export type Cost = z.infer<typeof Cost>

/** What the process tells. */
const Told = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), address: z.string() }),
  z.object({ type: z.literal('commits'), commits: z.array(Commit) }),
  z.object({ type: z.literal('cost'), cost: Cost }),
])
export type Told = z.infer<typeof Told>

/** What host is wanted. */
export const HostWish = z.object({
  folder: z.string(),
  runs: z.int(),
  /** Of all runs together, a second. */
  events: z.int(),
  /** How often a run goes round before it ends: the engine keeps all of a live run's passes at hand. */
  passes: z.int(),
  /** Whether another run takes the place of one that has ended. */
  isReplaced: z.boolean(),
})
export type HostWish = z.infer<typeof HostWish>

export interface HostProcess {
  readonly address: string
  /** What the host has cost until now. */
  cost(): Promise<Cost>
  end(): void
}

/** Starts a host over a folder. @throws Error where it ends before it is ready */
export async function startHost(wish: HostWish, committed: (commits: readonly Commit[]) => void): Promise<HostProcess> {
  const child = fork(join(import.meta.dirname, 'paced-host.ts'), [JSON.stringify(wish)], {
    stdio: 'inherit',
    execArgv: ['--expose-gc'],
  })
  let answer: ((cost: Cost) => void) | undefined
  const address = await new Promise<string>((resolve, reject) => {
    child.on('exit', () => reject(new Error('the host ended')))
    child.on('message', (message) => {
      const told = Told.parse(message)
      if (told.type === 'ready') resolve(told.address)
      else if (told.type === 'commits') committed(told.commits)
      else answer?.(told.cost)
    })
  })
  return {
    address,
    cost() {
      return new Promise((resolve) => {
        answer = resolve
        child.send('cost')
      })
    },
    end: () => void child.kill(),
  }
}

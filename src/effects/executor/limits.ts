import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { Millis } from '../../model/ids.ts'

/** As the settings say it. */
const megabytes = 1e6
const cores = availableParallelism()

/** How much executors may take. Times in milliseconds, memory in bytes. */
export const ExecutorLimits = z.object({
  /** Processes that several tasks share, and how many tasks each may hold. */
  processes: z.int().min(1).default(Math.max(2, cores)),
  tasksPerProcess: z.int().min(1).default(50),
  /** Processes that one task has to itself. */
  isolated: z.int().min(1).default(Math.max(4, 2 * cores)),
  /** Processes with more memory than others, each made for one task that needs it. */
  roomy: z.int().min(1).default(2),
  /** How many isolated processes stand ready before anybody needs them; with any, a shared one does too. */
  reserve: z.int().min(0).default(1),
  /** How many isolated processes stay when nobody needs them any more. */
  idle: z.int().min(0).default(4),
  /** Resident memory of one process. */
  memory: z.int().min(32 * megabytes).default(512 * megabytes),
  /** Processor time of one task that has a process to itself. */
  cpuTime: Millis.default(1_800_000),
  /** How long a stopped handler may take to settle before its process is killed. */
  grace: Millis.default(2_000),
  /** How long a new process may take to be ready. */
  start: Millis.default(30_000),
  /** How long code may keep a process that others share from answering. */
  unresponsive: Millis.default(10_000),
  /** How long a question may take to be answered. */
  question: Millis.default(10_000),
  /**
   * How often processes are looked at: what one takes too much of is known within a second, its end included. Where looking starts a
   * program (all but Linux), less often.
   */
  watch: Millis.min(10).default(process.platform === 'linux' ? 250 : 2_000),
})
export type ExecutorLimits = z.infer<typeof ExecutorLimits>

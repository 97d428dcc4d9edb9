import type { Program } from '../contract/desktop/host.ts'
import type { StartProcess } from '../effects/executor/executor-process.ts'
import { forkExecutors } from '../effects/executor/fork.ts'
import { entryFile } from './program.ts'

/** Who starts the processes that run workflow code, with a bound of their heap in bytes. */
export type Spawn = (program: Program, memory: number) => StartProcess

/** This process does. */
export const forked: Spawn = (program, memory) => forkExecutors({ entry: entryFile(program), memory })

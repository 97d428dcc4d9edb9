/** How long what a dead process last said may take to arrive, in milliseconds. */
export const lastWords = 1_000
/** The longest text that a process may say, in characters. */
export const longestText = 128 * 2 ** 20

/**
 * What the host needs of a process that runs workflow code, whoever starts it: `fork.ts` headless, the
 * desktop's main process as utility processes.
 */
export interface ExecutorProcess {
  /** Known at the latest when the process first speaks. */
  readonly pid: number | undefined
  /** Never fails: what a dead process is told is lost. */
  send(text: string): void
  /** Ends it and all that it has started, at once. */
  kill(): void
}

export interface ProcessEvents {
  text(text: string): void
  output(text: string): void
  /** Called once, after everything else. */
  exited(exit: Exit): void
}

export interface Exit {
  readonly code: number | null
  readonly signal: string | null
}

/** `memory` is the bound of its heap, in bytes, where that is another than usual. */
export type StartProcess = (events: ProcessEvents, memory?: number) => ExecutorProcess

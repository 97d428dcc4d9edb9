/** What the log of an attempt tells of the program that it ran. */
import { z } from 'zod'
import type { Log } from '../logs/merge-logs.ts'

const Started = z.object({ folder: z.string().optional() })
const Ended = z.object({ code: z.int().optional(), duration: z.number().optional() })

export interface ProgramLog {
  /** As a person would type it; undefined where what is known begins later. */
  readonly command: string | undefined
  readonly folder: string | undefined
  /** Undefined as long as it runs. */
  readonly end: { readonly words: string; readonly isWell: boolean; readonly duration: number | undefined } | undefined
  /** What it printed, oldest first, and what was said of that: lines that came too fast. */
  readonly lines: readonly Log[]
}

/** `logs` are of one attempt, oldest first. */
export function programLog(logs: readonly Log[]): ProgramLog {
  const started = logs.find(({ program }) => program === 'command')
  const ended = logs.findLast(({ program }) => program === 'end')
  // What is hidden in it, or was left out, may have made something else of it.
  const place = Started.safeParse(started?.data).data
  return {
    command: started?.message,
    folder: place?.folder,
    end: ended && {
      words: ended.message.replace(/ after \d+ ms$/, ''),
      isWell: ended.level === 'info',
      duration: Ended.safeParse(ended.data).data?.duration,
    },
    lines: logs.filter(({ program }) => program !== 'command' && program !== 'end'),
  }
}

export type Shown = 'both' | 'stdout' | 'stderr'

/** The lines of a stream, or of both; what is said of them stands with either. */
export function linesOf({ lines }: ProgramLog, shown: Shown): readonly Log[] {
  return shown === 'both' ? lines : lines.filter(({ program }) => program === undefined || program === shown)
}

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { TakeUps } from '../engine/control.ts'
import { RunId } from '../model/ids.ts'

const Memory = z.object({
  /** How many hosts in a row ended over a run, where any did. */
  ends: z.array(z.tuple([RunId, z.int().positive()])),
  /** What a host is taking up. */
  underWay: z.array(RunId),
})

/**
 * Remembers in a file which runs a host is taking up. What is written is there for whoever comes after a host that ended, though
 * not after the machine lost its power: then nothing is blamed on anybody. The file may be deleted.
 */
export function takeUpsIn(file: string, troubled: (what: string, error: unknown) => void): TakeUps {
  const { ends, underWay } = readMemory(file)
  for (const run of underWay) ends.set(run, (ends.get(run) ?? 0) + 1)
  underWay.clear()

  /** Where it cannot be written nothing is remembered, and every run is taken up all the same. */
  const write = (): void => {
    try {
      if (ends.size === 0 && underWay.size === 0) return rmSync(file, { force: true })
      const memory: z.infer<typeof Memory> = { ends: [...ends], underWay: [...underWay] }
      writeFileSync(`${file}.new`, JSON.stringify(memory), { mode: 0o600 })
      renameSync(`${file}.new`, file)
    } catch (error) {
      troubled('which runs are taken up could not be noted', error)
    }
  }

  return {
    ends: (run) => ends.get(run) ?? 0,
    begin(runs) {
      for (const run of runs) underWay.add(run)
      write()
    },
    done(runs) {
      for (const run of runs) {
        underWay.delete(run)
        ends.delete(run)
      }
      write()
    },
  }
}

interface Memories {
  readonly ends: Map<RunId, number>
  readonly underWay: Set<RunId>
}

/** A file that is not there, or damaged, remembers nothing. */
function readMemory(file: string): Memories {
  try {
    const { ends, underWay } = Memory.parse(JSON.parse(readFileSync(file, 'utf8')))
    return { ends: new Map(ends), underWay: new Set(underWay) }
  } catch {
    return { ends: new Map(), underWay: new Set() }
  }
}

import type Database from 'better-sqlite3'
import type { Weights } from './weight.ts'

/** Keeps the sums of what runs weigh. What one slice changes of them is added up first: most of it is of the same few. */
export function sumKeeper(index: Database.Database) {
  const sum = index.prepare<[string, string, string, string, number]>(
    `INSERT INTO storage_sum (workflow, part, step, field, bytes) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes`,
  )

  return () => {
    const changes = new Map<string, [workflow: string, part: string, step: string, field: string, bytes: number]>()
    const enter = (workflow: string, weights: Weights, sign: 1 | -1): void => {
      for (const [part, step, field, bytes] of weights) {
        const name = `${workflow}\n${part}\n${step}\n${field}`
        const change = changes.get(name)
        if (change === undefined) changes.set(name, [workflow, part, step, field, sign * bytes])
        else change[4] += sign * bytes
      }
    }

    return {
      add: (workflow: string, weights: Weights): void => enter(workflow, weights, 1),
      take: (workflow: string, weights: Weights): void => enter(workflow, weights, -1),
      write: (): void => {
        for (const change of changes.values()) sum.run(...change)
      },
    }
  }
}

import { readFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import { Instant } from '../../model/ids.ts'
import type { IntegrityCheck } from '../../model/integrity.ts'
import { listed } from './findings.ts'
import { newPatrol, PatrolState } from './patrol.ts'

/** What is remembered of looking at the store, beside it. */
export const PatrolMemory = z.object({
  patrol: PatrolState,
  /** When something was looked at last, and when all of it had been. */
  checkedAt: Instant.nullable(),
  wholeAt: Instant.nullable(),
})
export type PatrolMemory = z.infer<typeof PatrolMemory>

/** How it stands with the store; null before anything was looked at. */
export function checkOf({ patrol, checkedAt, wholeAt }: PatrolMemory): IntegrityCheck | null {
  if (checkedAt === null) return null
  const { before, now, found } = patrol
  const findings = listed(found).length
  return { checkedAt, wholeAt, checkpoints: Math.max(before?.checkpoints ?? 0, now.checkpoints), findings }
}

/** One that is not there, or damaged, begins anew: nothing but time is lost. */
export function readPatrol(file: string): PatrolMemory {
  try {
    return PatrolMemory.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return { patrol: newPatrol, checkedAt: null, wholeAt: null }
  }
}

export async function writePatrol(file: string, memory: PatrolMemory): Promise<void> {
  const beside = `${file}.new`
  await writeFile(beside, JSON.stringify(memory))
  await rename(beside, file)
}

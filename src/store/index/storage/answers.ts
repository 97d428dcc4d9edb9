import { statSync } from 'node:fs'
import { z } from 'zod'
import { StepId, WorkflowName } from '../../../model/ids.ts'
import { RunUse, StoragePart, type StorageUse, ValueKind, type ValueUse, type WorkflowUse } from '../../../model/storage-use.ts'
import { fileBytes, freeBytes } from '../../sqlite/free-pages.ts'
import type { OpenIndex } from '../open-index.ts'
import { parsed } from '../parsed.ts'
import { WeighedPart } from './weight.ts'

/** How many of each are told of. */
const mostRuns = 20
const mostFields = 30

const Sums = z.array(z.object({ workflow: WorkflowName, part: WeighedPart, step: z.string(), field: z.string(), bytes: z.int().nonnegative() }))
type Sum = z.infer<typeof Sums>[number]

const Counts = z.array(z.object({ workflow: z.string(), runs: z.int() }))

export function storageAnswers({ index, store, position }: OpenIndex) {
  const sums = index.prepare('SELECT workflow, part, step, field, bytes FROM storage_sum WHERE bytes > 0')
  const counts = index.prepare('SELECT workflow, count(*) AS runs FROM storage_run GROUP BY workflow')
  const heaviest = index.prepare<[number]>('SELECT id AS run, workflow, bytes FROM storage_run ORDER BY bytes DESC LIMIT ?')
  const code = store.prepare<[], number>('SELECT coalesce(sum(octet_length(bundle) + octet_length(content)), 0) FROM revision').pluck()

  return {
    /** Where the bytes are. */
    storage: (): StorageUse => {
      const all = parsed(Sums, sums.all())
      const runs = new Map(parsed(Counts, counts.all()).map((count) => [count.workflow, count.runs]))
      return {
        position: position(),
        workflows: [...Map.groupBy(all, ({ workflow }) => workflow)]
          .map(([workflow, parts]) => workflowUse(workflow, runs.get(workflow) ?? 0, parts))
          .toSorted(largestFirst),
        values: [...Map.groupBy(all, ({ workflow, part, step }) => `${workflow}\n${part}\n${step}`).values()].flatMap(valueUse).toSorted(largestFirst),
        heaviest: parsed(z.array(RunUse), heaviest.all(mostRuns)),
        files: {
          store: fileBytes(store),
          code: code.get() ?? 0,
          free: freeBytes(store),
          wal: sizeOf(`${store.name}-wal`),
          index: sizeOf(index.name) + sizeOf(`${index.name}-wal`),
        },
      }
    },
  }
}

function workflowUse(workflow: WorkflowName, runs: number, sums: readonly Sum[]): WorkflowUse {
  const part = (wanted: StoragePart): number => total(sums.filter((sum) => partOf(sum.part) === wanted))
  const parts = { values: part('values'), checkpoints: part('checkpoints'), rows: part('rows'), journal: part('journal'), logs: part('logs') }
  return { workflow, runs, bytes: total(sums), parts }
}

function partOf(part: WeighedPart): StoragePart {
  const found = StoragePart.safeParse(part)
  return found.success ? found.data : 'values'
}

function valueUse(sums: readonly Sum[]): ValueUse[] {
  const [first] = sums
  const kind = ValueKind.safeParse(first?.part)
  if (first === undefined || !kind.success) return []
  const fields = sums.map(({ field, bytes }) => ({ field, bytes })).toSorted(largestFirst)
  const step = first.step === '' ? null : parsed(StepId, first.step)
  return [{ workflow: first.workflow, kind: kind.data, step, bytes: total(sums), fields: fields.slice(0, mostFields) }]
}

function total(sums: readonly { readonly bytes: number }[]): number {
  return sums.reduce((sum, { bytes }) => sum + bytes, 0)
}

function largestFirst(one: { readonly bytes: number }, other: { readonly bytes: number }): number {
  return other.bytes - one.bytes
}

/** Nothing, of a file that is not there. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

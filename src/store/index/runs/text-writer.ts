import type Database from 'better-sqlite3'
import type { Sensitivity } from '../../../engine/queries.ts'
import type { RunEntry } from '../../../model/entry.ts'
import type { Json } from '../../../model/json.ts'
import { folded } from '../../../model/query/folded.ts'
import { hide } from '../../../model/sensitive/hide.ts'
import { schemasAt } from '../../../model/sensitive/marks.ts'
import { marksAny } from '../../../model/sensitive/schema-nodes.ts'
import { scrubber } from '../../../model/sensitive/scrub.ts'
import type { RunRow } from '../../format/rows.ts'
import { rowSensitivityReader } from '../../read/sensitivity.ts'
import type { Slice } from '../slice.ts'
import { textOf } from './value-text.ts'
import { valuesIn } from './values-in.ts'

/** Reads what a run came to say in a slice; what it answers takes that into the text that can be searched. */
export function textWriter(index: Database.Database, store: Database.Database) {
  const sensitivityOf = rowSensitivityReader(store)
  const said = index.prepare<[number], string>('SELECT body FROM said WHERE run = ?').pluck()
  const say = index.prepare<[number, string]>('INSERT INTO said (run, body) VALUES (?, ?)')

  return (run: RunRow, entries: readonly RunEntry[], slice: Slice): (() => void) => {
    const sensitivity = sensitivityOf(run)
    const open = openlyBy(sensitivity)
    const { id, workflow } = run.record
    const names = entries.some(beginsRun) ? [folded(id), folded(workflow)] : []
    const texts = [...valuesIn(entries)].flatMap(([address, key]) => {
      const value = slice.value(run, address)
      const part = value && open(key, value.value, value.isSensitive)
      return part === undefined ? [] : textOf(part)
    })
    // What a run that goes back takes over is told once more.
    const before = entries.some(wentBack) ? said.all(run.number) : []
    const body = [...names, ...texts.filter((text) => text !== '' && !before.some((each) => each.includes(text)))].join('\n')
    return () => {
      if (body !== '') say.run(run.number, body)
    }
  }
}

function beginsRun({ events }: RunEntry): boolean {
  return events.some(({ type }) => type === 'run_created')
}

function wentBack({ events }: RunEntry): boolean {
  return events.some(({ type }) => type === 'run_restored')
}

/** What of a run's values may be found. Of one that was stored as sensitive it has to be known which part is. */
function openlyBy(sensitivity: Sensitivity | null): (key: string, value: Json, isSensitive: boolean) => Json | undefined {
  if (sensitivity === null) return (_, value, isSensitive) => (isSensitive ? undefined : value)
  if (sensitivity === 'unknown' || sensitivity.texts === 'unknown') return () => undefined
  const scrub = scrubber(sensitivity.texts)
  return (key, value, isSensitive) => {
    const schemas = schemasAt(sensitivity.marks, key)
    if (isSensitive && !schemas.some(marksAny)) return undefined
    const open = hide(schemas, value, () => null)
    return scrub === null ? open : scrub.json(open)
  }
}

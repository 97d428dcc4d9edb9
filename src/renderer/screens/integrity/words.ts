import type { Checked, Verification } from '../../../model/integrity.ts'

const parts: Readonly<Record<string, string>> = {
  schema: 'the schema',
  file: 'the file itself',
  journal: 'the journal',
  lineages: 'lineages',
  revisions: 'revisions',
  runs: 'runs and their checkpoints',
  removed: 'what is left of removed runs',
  values: 'values',
  signals: 'logs and heartbeats',
  keys: 'its keys',
  latencies: 'how long commits took',
  breakers: 'what is held back',
  throttles: 'what is asked by fewer at once',
}

/** A part of the store, as a walk names it. */
export function partWords(part: string): string {
  return parts[part] ?? part
}

/** What a walk looked at. */
export function lookedAt({ runs, checkpoints, values, entries }: Checked): string {
  return `${counted(runs, 'run')}, ${counted(checkpoints, 'checkpoint')}, ${counted(values, 'value')} and ${counted(entries, 'journal entry', 'journal entries')}`
}

/** What a walk came to, in a line. */
export function outcome({ findings, checked }: Verification): string {
  if (findings.length === 0) return `Every byte is what was written: ${lookedAt(checked)}`
  return `${counted(findings.length, 'thing is', 'things are')} not as written, of ${lookedAt(checked)}`
}

function counted(count: number, one: string, more = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : more}`
}

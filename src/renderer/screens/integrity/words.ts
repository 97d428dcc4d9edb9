import { counted } from '../../../model/counted.ts'
import { lookedAt, type Verification } from '../../../model/integrity.ts'

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

/** What a walk came to, in a line. */
export function outcome({ findings, checked }: Verification): string {
  if (findings.length === 0) return `Every byte is what was written: ${lookedAt(checked)}`
  return `${counted(findings.length, 'thing is', 'things are')} not as written, of ${lookedAt(checked)}`
}

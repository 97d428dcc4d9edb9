/** Holds what a verification says of a damaged store against what the damage did. */
import type { Finding } from '../../../src/model/integrity.ts'
import { type Change, changesOf, type Row } from './saying.ts'

/** What a row of each table may be found as: itself, or what was held against it and does not fit any more. */
const objects: Readonly<Record<string, readonly string[]>> = {
  schema: ['schema'],
  lineage: ['lineage', 'value'],
  value: ['value'],
  run: ['run'],
  branch: ['branch', 'run'],
  step: ['step', 'run'],
  attempt: ['attempt', 'run'],
  decision: ['decision', 'run'],
  error: ['error', 'run'],
  checkpoint: ['checkpoint', 'keyframe'],
  keyframe: ['keyframe'],
  journal: ['journal', 'run', 'removed_run'],
  removed_run: ['removed_run', 'run'],
  signal: ['signal'],
  revision: ['revision'],
  commit_latency: ['commit_latency'],
  breaker: ['breaker'],
  throttle: ['throttle'],
  pending: ['run'],
  stub: ['stub', 'run'],
  keyring: ['keyring'],
  data_key: ['data_key'],
}

export interface Known {
  readonly saying: ReadonlyMap<string, Row>
  /** Ids of runs by their numbers. */
  readonly runs: ReadonlyMap<string, string>
}

export type Verdict =
  /** The store says the same, and nothing is said of it; or only that its file is not as SQLite would have it. */
  | 'same'
  /** It says otherwise, and that is found as what it is. */
  | 'found'
  /** Pages of the file are beyond being walked, and that is found. */
  | 'found as the file'

/** `now` is undefined where the store cannot be walked any more. @throws Error that says how the verification is wrong */
export function judge(known: Known, now: ReadonlyMap<string, Row> | undefined, findings: readonly Finding[]): Verdict {
  const saysFile = findings.some(({ object }) => object === 'file')
  if (now === undefined) {
    if (findings.length === 0) throw new Error('the store cannot be walked, and nothing was found')
    return 'found as the file'
  }
  const changes = changesOf(known.saying, now)
  if (changes.length === 0) {
    if (findings.length > 0 && !saysFile) throw new Error(`a false alarm: ${told(findings)}`)
    return 'same'
  }
  if (findings.length === 0) throw new Error(`missed: ${changes.map(worded).join('; ')}`)
  const saysSchema = findings.some(({ object }) => object === 'schema')
  for (const change of changes) {
    if (saysSchema && isOfWholeTable(known, now, change)) continue
    const its = findings.filter(({ object }) => objects[change.table]?.includes(object) === true)
    if (its.length === 0 && !saysFile) throw new Error(`not named: ${worded(change)}; but ${told(findings)}`)
    if (!saysFile && !names(its, known, change)) throw new Error(`another one is named: ${worded(change)}; but ${told(findings)}`)
  }
  return saysFile && !changes.every((change) => names(findings, known, change)) ? 'found as the file' : 'found'
}

/** A table that has lost its name is the schema's, and none of its rows is looked for. */
function isOfWholeTable({ saying }: Known, now: ReadonlyMap<string, Row>, { table }: Change): boolean {
  return [saying, now].some((said) => said.values().every((row) => row.table !== table))
}

/** Nothing else says which rows there are of these: one whose key has changed has no name left but the one that it stands under now. */
const namedByThemselves: ReadonlySet<string> = new Set(['revision', 'commit_latency', 'breaker', 'throttle', 'signal', 'keyring'])

/** Whether one of the findings is of a row that is not as it was: by its key, or by its run. */
function names(findings: readonly Finding[], { runs }: Known, { table, gone, came }: Change): boolean {
  const rows = namedByThemselves.has(table) ? [...gone, ...came] : gone.length > 0 ? gone : came
  return rows.some((row) => {
    const keys = keysOf(table, row, runs)
    return keys.length === 0 || findings.some(({ key, run }) => keys.some((part) => key.includes(part) || run === part))
  })
}

function keysOf(table: string, { columns }: Row, runs: ReadonlyMap<string, string>): string[] {
  const [first, second] = columns.map((column) => (column instanceof Uint8Array ? Buffer.from(column).toString('hex') : String(column)))
  const run = runs.get(first ?? '')
  switch (table) {
    case 'schema':
      return []
    case 'value':
      return [second ?? '']
    case 'run':
    case 'removed_run':
    case 'lineage':
      return [first ?? '', second ?? '']
    case 'journal':
      return [first ?? '', ...(runs.get(second ?? '') === undefined ? [] : [runs.get(second ?? '') ?? ''])]
    case 'keyring':
    case 'data_key':
    case 'revision':
    case 'commit_latency':
    case 'breaker':
    case 'throttle':
    case 'signal':
      return [first ?? '']
    default:
      return run === undefined ? [] : [run]
  }
}

function worded({ table, gone, came }: Change): string {
  const [before] = gone
  return `${table}: ${gone.length} rows gone, ${came.length} came, such as ${(before ?? came[0])?.text.slice(0, 200)}`
}

function told(findings: readonly Finding[]): string {
  return findings.length === 0 ? 'nothing was found' : findings.slice(0, 5).map(({ object, key, detail }) => `${object} ${key}: ${detail}`).join('; ')
}

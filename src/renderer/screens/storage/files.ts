import type { Outputs } from '../../../contract/index.ts'
import { otherBytes, StoragePart } from '../../../model/storage-use.ts'

export interface FilePart {
  readonly id: string
  readonly name: string
  readonly note: string
  readonly bytes: number
  /** Whether it is within the store's own file. */
  readonly isInStore: boolean
}

/** What each part of a run is called, and what it is. */
export const partWords: Readonly<Record<StoragePart, readonly [name: string, note: string]>> = {
  values: ['Values', 'Inputs, contexts and outputs, each stored once for a run and its replays'],
  checkpoints: ['Checkpoints', 'What changed at each, and keyframes'],
  rows: ['Rows', 'Runs, steps, attempts and decisions as they stand'],
  journal: ['Journal', 'Everything that happened to runs'],
  logs: ['Logs', 'Lines, progress and heartbeats that were kept'],
}

/** Everything that the workspace's folder holds, what is in the store first. */
export function filesOf(use: Outputs['storage']['get']): FilePart[] {
  const { workflows, files, backups, beside } = use
  const inRuns = StoragePart.options.map((part) => {
    const [name, note] = partWords[part]
    return { id: part, name, note, bytes: workflows.reduce((sum, { parts }) => sum + parts[part], 0), isInStore: true }
  })
  const inStore = { isInStore: true }
  const others = { isInStore: false }
  return [
    ...inRuns,
    { id: 'code', name: 'Code', note: 'Every revision of a workflow that a run may pin', bytes: files.code, ...inStore },
    { id: 'other', name: 'Its own indexes', note: 'What the file adds to find all that, and what is of no run', bytes: otherBytes(use), ...inStore },
    { id: 'free', name: 'Free', note: 'Pages of the file that nothing is written in: they are used again first', bytes: files.free, ...inStore },
    { id: 'wal', name: 'WAL', note: 'What the newest commits wrote, until it is copied into the store', bytes: files.wal, ...others },
    { id: 'index', name: 'Search index', note: 'Made anew whenever it is gone', bytes: files.index, ...others },
    { id: 'backups', name: `Backups (${backups.count})`, note: 'Copies of the whole store in the folder for them', bytes: backups.bytes, ...others },
    { id: 'replaced', name: 'Replaced stores', note: 'Stores that a backup took the place of, each kept as it was', bytes: beside.replaced.reduce((sum, { bytes }) => sum + bytes, 0), ...others },
    { id: 'mail', name: 'Caught mail', note: 'What the mail catcher received', bytes: beside.mail, ...others },
    { id: 'host-log', name: "Host's log", note: 'What the host wrote of what it does', bytes: beside.logs, ...others },
  ]
}

import type { Refusal, WayOn } from '../contract/desktop/refusal.ts'
import { CorruptionFound, StorageFailed, type StorageFault } from '../model/storage-errors.ts'
import { isReadableStore } from '../store/backup/readable-store.ts'
import { isPlain } from '../store/crypt/peek.ts'
import { canBeLookedAt } from '../store/open-to-look.ts'
import { StoreStuck } from '../store/sqlite/migrate.ts'
import { backupsIn } from './backups.ts'
import { exitCodeOfStart } from './exit-codes.ts'
import type { StartRefused, StartTrouble } from './start-refused.ts'
import { wantsEncryption } from './workspace/key.ts'
import { layoutOf } from './workspace/layout.ts'

/** What may do. A store that a newer version wrote cannot even be looked at. */
const waysOn: Readonly<Record<StartTrouble, readonly WayOn[]>> = {
  owned: ['look', 'elsewhere', 'again'],
  newer: ['bring_back', 'elsewhere'],
  store: ['look', 'bring_back', 'elsewhere', 'again'],
  untrusted: ['look', 'elsewhere', 'again'],
  config: ['look', 'elsewhere', 'again'],
  port: ['again'],
  workspace: ['elsewhere'],
  key: ['key_file', 'bring_back', 'elsewhere', 'again'],
  unencrypted: ['encrypt', 'elsewhere', 'again'],
}

/** What keeps the store from being opened keeps a backup from being put in its place. */
const ofThePlace: ReadonlySet<StorageFault | null> = new Set(['full', 'read_only', 'forbidden', 'held'])

/** What opens the store, beside its schema: where that is damaged, who looks at it is kept from it, too. */
const ofItsKeys: ReadonlySet<string> = new Set(['keyring', 'data_key'])

function keepsFromLooking(cause: unknown): boolean {
  return cause instanceof StoreStuck || (cause instanceof CorruptionFound && ofItsKeys.has(cause.object))
}

/** Why the workspace is not open, with what can be done about it: no way is named that leads nowhere. Who only looked, and could not, is not told to look. */
export async function refusalOf({ trouble, message, cause }: StartRefused, workspace: string, looked = false): Promise<Refusal> {
  const layout = layoutOf(workspace)
  const { root, backups: folder } = layout
  const refusesPlain = wantsEncryption(layout)
  const does = (file: string): boolean => isReadableStore(file) && (isPlain(file) ? !refusesPlain : trouble !== 'key')
  const backups = (await backupsIn(folder)).filter(({ file }) => does(file))
  const leads: Partial<Record<WayOn, boolean>> = {
    look: !looked && !keepsFromLooking(cause) && canBeLookedAt(root),
    bring_back: !(cause instanceof StorageFailed && ofThePlace.has(cause.fault)) && (trouble !== 'key' || backups.length > 0),
  }
  return {
    workspace: root,
    message,
    exitCode: exitCodeOfStart[trouble],
    ways: waysOn[trouble].filter((way) => leads[way] !== false),
    backups,
  }
}

/** What can be done, as commands. To try again, whoever reads this starts the same command. */
export function commandsFor({ workspace, ways, backups }: Refusal): string[] {
  const at = `--workspace ${quoted(workspace)}`
  const [newest] = backups
  const commands: Readonly<Record<WayOn, readonly [what: string, command: string] | null>> = {
    look: ['look at it and change nothing', `npx cairn serve --read-only ${at}`],
    bring_back: ['bring a backup back', `npx cairn restore-backup ${newest === undefined ? 'FILE' : quoted(newest.file)} ${at}`],
    key_file: ['give the file of its key', `CAIRN_KEY_FILE=FILE npx cairn serve ${at}`],
    encrypt: ['encrypt its store', `npx cairn encrypt ${at}`],
    elsewhere: ['open another workspace', 'npx cairn serve --workspace FOLDER'],
    again: null,
  }
  const said = ways.flatMap((way) => (commands[way] === null ? [] : [commands[way]]))
  const widest = Math.max(...said.map(([what]) => what.length))
  return said.length === 0 ? [] : ['you can', ...said.map(([what, command]) => `  ${`${what}:`.padEnd(widest + 1)}  ${command}`)]
}

function quoted(path: string): string {
  return /^[\w./\\:-]+$/.test(path) ? path : `"${path}"`
}

import type { Outputs } from '../../contract/index.ts'
import { bytes } from '../../model/bytes.ts'
import { otherBytes, otherFields, StoragePart, type ValueUse } from '../../model/storage-use.ts'
import type { Context } from '../context.ts'
import { looking } from '../looking.ts'
import { type Paint, plain } from '../paint.ts'
import { print, table } from '../print.ts'
import { moment } from '../times.ts'

type Use = Outputs['storage']['get']

/** Says where the bytes of a workspace are. */
export function storage(context: Context): Promise<number> {
  return looking(context, async ({ client: { api } }) => {
    const use = await api.storage.get()
    return print(context, use, () => words(context, use))
  })
}

/** Rows of each table: what comes beyond is in `--json`. */
const mostShown = 15

function words({ paint }: Context, use: Use): string[] {
  const { workflows, values, heaviest, files, backups, beside } = use
  return [
    ...table(paint, ['file', 'bytes', ''], filesOf(use), ([file, size, note]) => [file, bytes(size), note]),
    ...replacedWords(beside, paint),
    '',
    ...table(paint, ['workflow', 'runs', 'bytes', ...StoragePart.options], workflows, ({ workflow, runs, bytes: size, parts }) => [
      workflow,
      String(runs),
      bytes(size),
      ...StoragePart.options.map((part) => bytes(parts[part])),
    ]),
    '',
    ...table(paint, ['values of', 'workflow', 'bytes', 'most of it in'], values.slice(0, mostShown), (value) => [
      nameOf(value),
      value.workflow,
      bytes(value.bytes),
      plain(value.fields.slice(0, 3).map(({ field, bytes: size }) => `${nameOfField(field)} ${bytes(size)}`).join(', ')),
    ]),
    '',
    ...table(paint, ['run', 'workflow', 'bytes'], heaviest.slice(0, mostShown), ({ run, workflow, bytes: size }) => [run, workflow, bytes(size)]),
    ...(backups.count === 0 && files.store === 0 ? ['there is nothing yet'] : []),
  ]
}

function filesOf(use: Use): readonly (readonly [file: string, size: number, note: string])[] {
  const { files, backups, beside } = use
  const inside = `of it ${bytes(files.free)} free, ${bytes(files.code)} code, ${bytes(otherBytes(use))} indexes and the like`
  return [
    ['store', files.store, inside],
    ['its WAL', files.wal, 'what the newest commits wrote'],
    ['index', files.index, 'made anew whenever it is gone'],
    ['backups', backups.bytes, `${backups.count} of them`],
    ['replaced', beside.replaced.reduce((sum, { bytes: size }) => sum + size, 0), 'stores that a backup took the place of'],
    ['mail', beside.mail, 'what the mail catcher received'],
    ['logs', beside.logs, "the host's"],
  ]
}

function replacedWords({ replaced }: Use['beside'], paint: Paint): string[] {
  if (replaced.length === 0) return []
  return [
    '',
    ...table(paint, ['replaced store', 'bytes', 'replaced'], replaced, ({ file, bytes: size, at }) => [plain(file), bytes(size), moment(at)]),
    'nothing reads or removes these: cairn restore-backup FILE brings one back; once you need nothing of one any more, delete the file',
  ]
}

function nameOfField(field: string): string {
  return field === otherFields ? 'other fields' : field || 'the whole'
}

function nameOf({ kind, step }: ValueUse): string {
  return step === null ? kind : kind === 'output' ? step : `${kind} at ${step}`
}

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Fault, PolicyView, Said, Setting } from '../../model/policy/policy-view.ts'
import type { Json } from '../../model/json.ts'
import { faultLine } from '../../host/config/config.ts'
import { parseSource, sourceOf } from '../../host/config/source.ts'
import { exitCodeOfStart } from '../../host/exit-codes.ts'
import { FileRefused } from '../../host/file-refused.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { looking } from '../looking.ts'
import type { Paint } from '../paint.ts'
import { print, table } from '../print.ts'

export interface ConfigOptions {
  /** Only say whether this file would do: no host is asked. */
  readonly check?: string
}

/** Says which settings are in force and where each comes from, or whether a file would do. */
export function config(context: Context, { check }: ConfigOptions): Promise<number> | number {
  if (check !== undefined) return checked(context, resolve(context.terminal.cwd, check))
  return looking(context, async ({ client: { api } }) => {
    const policy = await api.policy.get()
    if (!context.json) for (const line of troubles(policy)) context.terminal.err(line)
    return print(context, policy, () => rows(context.paint, policy.settings))
  })
}

function checked(context: Context, file: string): number {
  if (!existsSync(file)) throw new FileRefused(`${file} is not there`)
  const parsed = parseSource(sourceOf(file))
  const faults: readonly Fault[] = 'faults' in parsed ? parsed.faults : []
  print(context, { file, faults }, () => (faults.length === 0 ? [`${file} will do`] : [`${file} cannot be used as it is:`, ...faults.map(faultLine)]))
  return faults.length === 0 ? exitCodes.done : exitCodeOfStart.config
}

/** What is wrong with the file, and what it says of nothing that is here. */
function troubles({ file, refused, strangers }: PolicyView): string[] {
  return [
    ...(refused === null ? [] : [`${file} is wrong as it stands now; what was in force before stays:`, ...refused.faults.map(faultLine), '']),
    ...(strangers === null || strangers.length === 0 ? [] : [`${file} does not fit the workflows that are here:`, ...strangers.map(faultLine), '']),
  ]
}

interface Row {
  readonly name: string
  readonly said: Said
}

function rows(paint: Paint, settings: readonly Setting[]): string[] {
  const all = settings.flatMap(({ key, said }) => said.map((one): Row => ({ name: nameOf(key, one), said: one })))
  return table(paint, ['setting', 'in force', 'from', ''], all, ({ name, said: { value, line, next } }) => [
    name,
    line === null ? paint('inactive', written(value)) : written(value),
    line === null ? paint('inactive', 'default') : `line ${line}`,
    next === undefined ? '' : paint('attention', `${written(next)} from the next start on`),
  ])
}

function nameOf(key: string, { workflow, step }: Said): string {
  if (workflow === null) return key
  return `  of ${workflow}${step === null ? '' : `, step ${step}`}`
}

function written(value: Json): string {
  if (value === null) return 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

import { Refused } from '../../model/control-errors.ts'
import type { Json } from '../../model/json.ts'
import { ValueRefused } from '../../model/storage-errors.ts'
import type { ChangedValue } from '../planner/migration.ts'

/** Keeps what migrations and schemas have made of a value. @throws Refused where the store does not take it: by the value's key */
export function keepMigrated<T>({ key, value, sensitive }: ChangedValue, keep: (value: Json, sensitive: boolean) => T): T {
  try {
    return keep(value, sensitive)
  } catch (error) {
    if (!(error instanceof ValueRefused)) throw error
    const { name, path } = error
    const message = `what the migrations made of ${key} cannot be kept: ${error.message}`
    const at = path === '' || path.startsWith('[') ? `${key}${path}` : `${key}.${path}`
    const wayOut = 'mend the migration so that it makes less of it, or go on with the pinned revision'
    throw new Refused(message, [{ class: 'validation', name, path: at, message, wayOut }])
  }
}

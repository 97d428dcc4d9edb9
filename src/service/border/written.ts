/** Rows without what is known to be sensitive in the texts that code and people have put there. */
import type { z } from 'zod'
import { Failure, isOfStore } from '../../model/failure.ts'

/** Fields that hold such texts. All others hold names, numbers and addresses of our own making. */
const fields = new Set(['message', 'stack', 'wayOut', 'path', 'code', 'note', 'why', 'summary', 'fingerprint'])

/** Whether there is any such text in a row. */
export function isWritten(row: unknown): boolean {
  if (typeof row !== 'object' || row === null) return false
  return Object.entries<unknown>({ ...row }).some(([name, part]) => (typeof part === 'string' ? part !== '' && isText(row, name) : isWritten(part)))
}

/** The row with each of them as `text` makes it; what the store says of damage, nobody else has written. */
export function rewritten<T>(schema: z.ZodType<T>, row: T, text: (text: string) => string): T {
  const part = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(part)
    if (isStoresFailure(value)) return value
    const names = Object.entries<unknown>({ ...value })
    return Object.fromEntries(names.map(([name, item]) => [name, typeof item === 'string' && isText(value, name) ? text(item) : part(item)]))
  }
  return schema.parse(part(row))
}

/** The name of a branch is a person's; other names are not. */
function isText(row: object, name: string): boolean {
  const isBranch = ('type' in row && row.type === 'branch_named') || 'isPresent' in row
  return fields.has(name) || (name === 'name' && isBranch)
}

const Said = Failure.pick({ class: true, name: true, message: true })

/** No other kind of row has a class, a name and a message. */
function isStoresFailure(row: object): boolean {
  const said = 'class' in row ? Said.safeParse(row).data : undefined
  return said !== undefined && isOfStore(said)
}

import { isOurs } from './address.ts'

/** What a page may use of the machine: nothing, but that the console writes to the clipboard what somebody copies. */
export function mayUse(permission: string, address: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurs(address)
}

import { isOurs } from './address.ts'

/** What a page may use of the machine: nothing, but that the console writes to the clipboard what somebody copies. */
export function mayUse(permission: string, address: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOurs(address)
}

/** What Electron's `Session` has of this. */
export interface Guarded {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (mayUse: boolean) => void, details: { readonly requestingUrl: string }) => void,
  ): void
  setPermissionCheckHandler(handler: (contents: { getURL(): string } | null, permission: string, origin: string) => boolean): void
}

/** Asking and checking alike: what is not set here is allowed. */
export function setupPermissions(session: Guarded): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => answer(mayUse(permission, requestingUrl)))
  session.setPermissionCheckHandler((contents, permission, origin) => mayUse(permission, contents?.getURL() ?? origin))
}

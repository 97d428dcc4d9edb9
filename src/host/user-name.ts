import { userInfo } from 'node:os'

/** Who acts where a caller names nobody: the user of this machine. */
export function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A user without an entry in the system's list, as containers have.
    return 'operator'
  }
}

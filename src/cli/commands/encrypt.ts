import { encrypt as encryptWorkspace } from '../../host/encrypt.ts'
import { counted } from '../../model/counted.ts'
import type { Context } from '../context.ts'
import { print } from '../print.ts'
import { findWorkspace } from '../session.ts'

/** Encrypts the store of a workspace, and what lies beside it. */
export async function encrypt(context: Context): Promise<number> {
  const done = await encryptWorkspace(findWorkspace(context))
  return print(context, done, () => [
    `the store is encrypted, with the key that has the fingerprint ${done.fingerprint}: whoever loses that has lost the store`,
    ...done.left.map((file) => `not encrypted, and yours to remove: ${file}`),
    ...done.overwritten.map((file) => `overwritten, and gone as it was: ${file}`),
    ...(done.sealed === 0 ? [] : [`${counted(done.sealed, 'file of caught mail was replaced by an encrypted one', 'files of caught mail were replaced by encrypted ones')}, and not overwritten`]),
    'of what was overwritten or replaced, a disk that writes elsewhere (an SSD, a snapshot) may keep parts for a while',
  ])
}

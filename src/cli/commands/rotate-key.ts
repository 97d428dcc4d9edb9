import { resolve } from 'node:path'
import { rotateKey as rotate } from '../../host/rotate-key.ts'
import { counted } from '../../model/counted.ts'
import type { Context } from '../context.ts'
import { print } from '../print.ts'
import { findWorkspace } from '../session.ts'

/** Gives the store of a workspace another key. */
export async function rotateKey(context: Context, { to }: { readonly to?: string }): Promise<number> {
  const done = await rotate(findWorkspace(context), to === undefined ? {} : { to: resolve(context.terminal.cwd, to) })
  return print(context, done, () => [
    `the store is opened with the key in ${done.file} now, which has the fingerprint ${done.fingerprint}; ${counted(done.keys, 'data key is', 'data keys are')} wrapped by it`,
    `backups of before are opened with the key of before${done.kept === null ? '' : `, in ${done.kept}`}: keep it for as long as you keep them`,
    ...(done.wayOn === null ? [] : [done.wayOn]),
  ])
}

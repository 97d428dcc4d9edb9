import { resolve } from 'node:path'
import { makeKeyFile } from '../../host/workspace/key-file.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'

/** Makes a key for stores that are encrypted. */
export async function makeKey({ terminal }: Context, file: string): Promise<number> {
  const made = resolve(terminal.cwd, file)
  await makeKeyFile(made)
  terminal.out(`made the key ${made}: keep a copy of it elsewhere, since nothing that is encrypted with it can be read without it`)
  terminal.err('to encrypt a store with it, name it as store.key_file in cairn.config.yaml, or as CAIRN_KEY_FILE')
  return exitCodes.done
}

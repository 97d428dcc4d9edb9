import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeEditorTypes } from '../../effects/loader/editor-types.ts'
import { programFolder } from '../program.ts'

/** Made by the build (`scripts/emit-types.ts`). */
const types = join(programFolder, 'out', 'types')

/** Gives a workspace the types of `cairn` that its editor reads, as this version has them. Without a build there are none. */
export async function giveEditorTypes(workspace: string): Promise<void> {
  if (existsSync(types)) await writeEditorTypes(workspace, types)
}

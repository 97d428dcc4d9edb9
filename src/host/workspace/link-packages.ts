import { symlink } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { programFolder } from '../program.ts'

/**
 * Lets a workspace that stands elsewhere find the packages that the shipped example imports: those of the program.
 * One below the program's folder finds them by itself.
 */
export async function linkPackages(folder: string): Promise<void> {
  const [first] = relative(programFolder, folder).split(sep)
  if (first !== '..') return
  await symlink(join(programFolder, 'node_modules'), join(folder, 'node_modules'), 'junction')
}

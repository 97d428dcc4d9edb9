/**
 * Which file of the console an address asks for.
 *
 * 1. Nothing outside the folder is given, whatever the address spells, and nothing that a link leads to outside it.
 * 2. Every address that is no file is a screen of the one page; a part that is not there is none of this build.
 */
import { realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { isOurs } from './address.ts'

export type PageFile = { readonly file: string } | { readonly status: 400 | 403 | 404 | 405; readonly words: string }

/** `root` is the folder that holds the page. Never throws. */
export async function pageFile(root: string, method: string, address: string): Promise<PageFile> {
  if (method !== 'GET') return { status: 405, words: 'the console is only read' }
  if (!isOurs(address)) return { status: 403, words: 'this is not the console' }
  const path = pathOf(address)
  if (path === undefined) return { status: 400, words: 'this is no path' }
  const given = await fileWithin(root, path)
  if (given !== undefined) return { file: given }
  if (path.startsWith('assets/')) return { status: 404, words: 'this build of the console has no such file' }
  const page = await fileWithin(root, 'index.html')
  return page === undefined ? { status: 404, words: 'the console has not been built' } : { file: page }
}

/** The path below the root, decoded; undefined where no file of ours can have it. */
function pathOf(address: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(address).pathname).slice(1)
    return path.includes('\0') || /[\\:]/.test(path) ? undefined : path
  } catch {
    return undefined
  }
}

async function fileWithin(root: string, path: string): Promise<string | undefined> {
  const named = join(root, path)
  if (!isWithin(root, named) || relative(root, named).split(sep).some((part) => part.startsWith('.'))) return undefined
  try {
    const file = await realpath(named)
    return isWithin(await realpath(root), file) && (await stat(file)).isFile() ? file : undefined
  } catch {
    return undefined
  }
}

function isWithin(root: string, file: string): boolean {
  const path = relative(root, file)
  return path !== '' && path.split(sep)[0] !== '..' && !isAbsolute(path)
}

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { join, relative } from 'node:path'

const root = join(import.meta.dirname, '..')
/** What anything that is bundled is made of, and by. */
const places = ['src', 'test', 'scripts', 'package-lock.json', 'tsconfig.json'].map((place) => join(root, place))
const usual = join(root, 'node_modules', '.cache', 'cairn', 'bundles')
/** How long a folder stays that nobody asks for any more, in milliseconds. */
const kept = 86_400_000

export interface Bundled {
  /** Sources, by the name that the file of each gets without its extension. */
  readonly entries: Readonly<Record<string, string>>
  readonly extension?: '.js' | '.mjs'
  /** The folder that theirs is to stand in. */
  readonly within?: string
  /** Scripts that add a file each, by its name: they are given where to write it. */
  readonly emit?: Readonly<Record<string, string>>
}

/**
 * A folder in which each of these sources, as it is now, stands as one file that Node runs. It stays, so that the next one
 * who asks for the same is answered with it.
 */
export function bundledFolder({ entries, extension = '.mjs', within = usual, emit = {} }: Bundled): string {
  const digest = createHash('sha256').update(stampOf(places)).update(JSON.stringify([entries, extension, emit])).digest('hex').slice(0, 24)
  const folder = join(within, `bundled-${digest}`)
  if (existsSync(folder)) {
    const now = new Date()
    utimesSync(folder, now, now)
    return folder
  }
  mkdirSync(within, { recursive: true })
  removeOld(within)
  const making = mkdtempSync(join(within, 'bundled-'))
  const order = JSON.stringify({ entries, extension, folder: making })
  execFileSync(process.execPath, [join(root, 'test', 'bundle.ts'), order], { stdio: ['ignore', 'inherit', 'inherit'] })
  for (const [name, script] of Object.entries(emit)) execFileSync(process.execPath, [script, join(making, name)])
  try {
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true })
    // Another process has made the same meanwhile.
    if (!existsSync(folder)) throw error
  }
  return folder
}

/** Says something else once a file is another: to read them all each time would take as long as to bundle them. */
function stampOf(files: readonly string[]): string {
  const all = files.flatMap((place) => (statSync(place).isFile() ? [place] : filesBelow(place)))
  const stamps = all.map((file) => {
    const { mtimeMs, size } = statSync(file)
    return `${relative(root, file)} ${mtimeMs} ${size}`
  })
  return stamps.toSorted().join('\n')
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
}

function removeOld(within: string): void {
  for (const name of readdirSync(within)) {
    const folder = join(within, name)
    // Another process may rename or remove it meanwhile.
    const found = name.startsWith('bundled-') ? statSync(folder, { throwIfNoEntry: false }) : undefined
    if (found !== undefined && found.mtimeMs < Date.now() - kept) rmSync(folder, { recursive: true, force: true })
  }
}

import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { table } from '../../dependency-cruiser.config.ts'
import { filesIn, read, root, type SourceFile } from './checkout.ts'

const top = readdirSync(root).filter((name) => name.endsWith('.md')).map((path) => ({ path, text: read(path) }))
const documents = [...top, ...filesIn(['docs'], ['.md'])]

/** Links to files of the project that lead nowhere. */
function brokenLinks(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\((?!https?:)([^)#\s]+)(#[^)\s]*)?\)/g)]
      .map(([, target = '']) => join(dirname(path), target))
      .filter((target) => !existsSync(join(root, target)))
      .map((target) => `${path}: ${target}`),
  )
}

const code = filesIn(['src', 'test', 'scripts'], ['.ts', '.tsx', '.mjs', '.css']).map(({ path }) => path)

/** Files of the project that a text names in backquotes, of sources maybe by the end of their path, and that are not there. */
function missingFiles(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:src|docs|test|scripts|resources|\.ci)\/[\w./-]+|[\w./-]+\.(?:tsx?|mjs|css))`/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(join(root, target)) && !code.some((each) => each.endsWith(`/${target}`)))
      .map((target) => `${path}: ${target}`),
  )
}

const declared = filesIn(['src/cli/program'], ['.ts']).flatMap(({ text }) => [...text.matchAll(/\bcommand\('([a-z-]+)/g)])
const commands = new Set(['pause', 'resume', 'cancel', ...declared.map(([, name = '']) => name)])

/** Commands of `cairn` that a text has typed, and that there are none of. */
function missingCommands(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(/\bnpx cairn ([a-z-]+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !commands.has(name))
      .map((name) => `${path}: ${name}`),
  )
}

/** The import table of ARCHITECTURE.md: place, and what it may import. */
function documentedTable(text: string): Record<string, string> {
  const rows = text.matchAll(/^\| `src\/(\w+)` \|[^|]*\| ([^|]*) \|$/gm)
  return Object.fromEntries([...rows].map(([, place = '', imports = '']) => [place, imports]))
}

const linted = Object.fromEntries(
  Object.entries(table).map(([place, { layers, types = [] }]) => {
    const ports = types.map((file) => `types of ${file.replace(/^src\/|\.ts$/g, '')}`)
    return [place, [...layers, ...ports].join(', ') || '–']
  }),
)

describe('the documents', () => {
  test('have no broken links', () => {
    expect(brokenLinks(documents)).toEqual([])
    expect(brokenLinks([{ path: 'docs/x.md', text: '[a](adr/none.md) [b](https://example.com)' }])).toEqual(['docs/x.md: docs/adr/none.md'])
  })

  test('name only files that exist', () => {
    expect(missingFiles(documents)).toEqual([])
    const text = '`src/none.ts` `planner/none.ts` `planner/timers.ts`'
    expect(missingFiles([{ path: 'x.md', text }])).toEqual(['x.md: src/none.ts', 'x.md: planner/none.ts'])
  })

  test('have nobody type a command that there is not', () => {
    expect(missingCommands(documents)).toEqual([])
    expect(missingCommands([{ path: 'x.md', text: 'npx cairn show RUN, then npx cairn explode RUN' }])).toEqual(['x.md: explode'])
  })

  test('ARCHITECTURE.md has the import table that is linted', () => {
    const architecture = read('docs/ARCHITECTURE.md')
    expect(documentedTable(architecture)).toEqual(linted)
    expect(documentedTable(architecture.replace('model, contract, engine |', 'model |'))).not.toEqual(linted)
  })

  test('LAWS.md has every law that a comment names', () => {
    const laws = new Set([...read('docs/LAWS.md').matchAll(/^(\d)\. /gm)].map(([, number]) => number))
    const named = filesIn(['src', 'test'], ['.ts', '.tsx']).flatMap(({ path, text }) => {
      return [...text.matchAll(/\blaw (\d+)\b/g)].flatMap(([law, number]) => (laws.has(number) ? [] : [`${path}: ${law}`]))
    })
    expect(named).toEqual([])
  })

  test('every decision record is listed under its title', () => {
    const list = read('docs/adr/README.md')
    const records = filesIn(['docs/adr'], ['.md']).filter(({ path }) => !path.endsWith('README.md'))
    const unlisted = records.filter(({ path, text }) => {
      const file = path.slice('docs/adr/'.length)
      const title = /^# \d+\. (.+)\n/.exec(text)?.[1] ?? 'without a title'
      return !list.includes(`- [${file.slice(0, 4)}](${file}) ${title}\n`)
    })
    expect(records.length).toBeGreaterThan(0)
    expect(unlisted.map(({ path }) => path)).toEqual([])
  })

  test('name only npm scripts that exist', () => {
    const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')))
    const named = documents.flatMap(({ text }) => [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test))\b/g)].map(([, run, short]) => run ?? short ?? ''))
    expect(named).toContain('start')
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })
})

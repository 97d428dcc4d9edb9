/**
 * Harper, loaded once per process and dialect: one to two seconds and 400 MB, of which the dictionary is 170.
 *
 * It stays out of the bundle (`externals` in outreach.ts): its WebAssembly module of 16 MB would be stored with every
 * revision and handed to every process, for one step of one workflow. So it is imported where it is used and not above,
 * and processes that never read grammar know nothing of it.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Dialect, LocalLinter } from 'harper.js'
import type { Locale } from '../context.ts'

/** What Harper found; places are in UTF-16 units. */
export interface Lint {
  readonly rule: string
  readonly kind: string
  readonly message: string
  readonly start: number
  readonly end: number
  readonly replacements: readonly string[]
}

const dialects = {
  'en-US': 'American',
  'en-GB': 'British',
  'en-AU': 'Australian',
  'en-CA': 'Canadian',
  'en-IN': 'Indian',
} as const satisfies Readonly<Record<Locale, keyof typeof Dialect>>

const linters = new Map<Locale, Promise<LocalLinter>>()

export async function lint(text: string, locale: Locale): Promise<readonly Lint[]> {
  const loading = linters.get(locale) ?? load(locale)
  linters.set(locale, loading)
  const found = await (await loading).organizedLints(text, { language: 'plaintext' })
  return Object.entries(found).flatMap(([rule, lints]) =>
    lints.map((one) => {
      const { start, end } = one.span()
      const problem = text.slice(start, end)
      const replacements = one.suggestions().map((suggestion) => {
        // Harper's kinds of suggestion: 0 replaces, 1 removes, 2 inserts after.
        const words = suggestion.get_replacement_text()
        return [words, '', problem + words][suggestion.kind()] ?? problem
      })
      const result = { rule, kind: one.lint_kind(), message: one.message(), start, end, replacements }
      one.free()
      return result
    }),
  )
}

async function load(locale: Locale): Promise<LocalLinter> {
  const { createBinaryModuleFromUrl, Dialect, LocalLinter } = await import('harper.js')
  const { slimBinary } = await import('harper.js/slimBinary')
  // Its own way to read the file stumbles over a space in the path.
  const bytes = await readFile(fileURLToPath(slimBinary.url))
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }))
  const linter = new LocalLinter({ binary: createBinaryModuleFromUrl(url, 'slim'), dialect: Dialect[dialects[locale]] })
  try {
    await linter.setup()
  } finally {
    URL.revokeObjectURL(url)
  }
  return linter
}

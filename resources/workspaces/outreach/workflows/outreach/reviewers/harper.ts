/**
 * Harper, loaded once per process and dialect. It comes as a WebAssembly module of 16 MB inside the bundle, so that
 * nothing is read from a disk or a network while a run is under way. Loading takes one to two seconds and the
 * dictionary about 170 MB.
 */
import { createBinaryModuleFromUrl, Dialect, LocalLinter } from 'harper.js'
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

const dialects: Readonly<Record<Locale, Dialect>> = {
  'en-US': Dialect.American,
  'en-GB': Dialect.British,
  'en-AU': Dialect.Australian,
  'en-CA': Dialect.Canadian,
  'en-IN': Dialect.Indian,
}

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

/**
 * The module's own way is to fetch its data URL, which takes 120 MB more at the peak than handing the bytes over:
 * enough to make the difference between fitting an executor and being killed.
 */
async function load(locale: Locale): Promise<LocalLinter> {
  const { slimBinaryInlined } = await import('harper.js/slimBinaryInlined')
  const inlined = String(slimBinaryInlined.url)
  const bytes = Buffer.from(inlined.slice(inlined.indexOf(',') + 1), 'base64')
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }))
  const linter = new LocalLinter({ binary: createBinaryModuleFromUrl(url, 'slim'), dialect: dialects[locale] })
  try {
    await linter.setup()
  } finally {
    URL.revokeObjectURL(url)
  }
  return linter
}

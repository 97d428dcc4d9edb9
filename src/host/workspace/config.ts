import { existsSync, readFileSync } from 'node:fs'
import { isNode, LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import { parseDuration } from '../../model/duration.ts'
import type { Millis } from '../../model/ids.ts'
import { StartRefused } from '../start-refused.ts'
import { retention, workflowRetention } from './retention-settings.ts'
import { parseSize } from '../../model/size.ts'

const smtp = z.strictObject({
  url: z.url({ protocol: /^smtps?$/, error: 'an address like smtps://user:password@mail.example.com' }),
  from: z.string('a sender like Team <team@example.com>').min(1),
})

const interval = 'a length of time of 1s to 24h, like 30s'

function parseInterval(text: string, context: z.RefinementCtx<string>): Millis {
  const millis = parseDuration(text)
  if (millis !== undefined && millis >= 1_000 && millis <= 86_400_000) return millis
  context.issues.push({ code: 'custom', message: interval, input: text })
  return z.NEVER
}

const size = 'a size of 1kB to 100MB, like 10MB'

function parseLimit(text: string, context: z.RefinementCtx<string>): number {
  const bytes = parseSize(text)
  if (bytes !== undefined && bytes >= 1_000 && bytes <= 100_000_000) return bytes
  context.issues.push({ code: 'custom', message: size, input: text })
  return z.NEVER
}

const store = z.strictObject({
  /** `full` syncs every commit to the disk; `normal` may lose the last commits when the machine loses power. */
  durability: z.enum(['full', 'normal'], 'full or normal').default('full'),
  /** Whether what is stored is encrypted. A new store is, where there is a key; one that is there already, once cairn encrypt has done it. */
  encryption: z.boolean('true or false').default(false),
  /** The file that holds the key; CAIRN_KEY_FILE and CAIRN_KEY go before it. */
  key_file: z.string('the name of a file').min(1).optional(),
  /** From the end of one look at a part of the store to the next. */
  validation_interval: z.string(interval).transform(parseInterval).default(30_000),
  /** The largest value that is kept: an output over it fails its attempt. */
  value_limit: z.string(size).transform(parseLimit).default(10_000_000),
})

/** What a workspace may set. Every key has a default, so that an empty file, or none, will do. */
export const Config = z.strictObject({
  /** A real mail server. Without it mail goes to the catcher, which keeps it and delivers nothing. */
  smtp: smtp.optional(),
  store: store.prefault({}),
  /** What of the past is kept: all of it, unless bounds are set. */
  retention: retention.prefault({}),
})
export type Config = z.infer<typeof Config>

const sections: Readonly<Record<string, z.ZodObject>> = { '': Config, smtp, store, retention }

/** The settings that there are at a place in the file. */
function settingsAt(path: readonly PropertyKey[]): string {
  const [section, group] = path
  const isOfWorkflow = section === 'retention' && group === 'workflows' && path.length === 3
  const known = isOfWorkflow ? workflowRetention : sections[path.map(String).join('.')]
  return Object.keys(known?.shape ?? {}).join(', ')
}

/**
 * The settings of a workspace's `cairn.config.yaml`.
 * @throws StartRefused naming the line of everything that is wrong.
 */
export function readConfig(file: string): Config {
  if (!existsSync(file)) return Config.parse({})
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false })
  const unreadable = document.errors.map(({ message, pos }) => ({ line: lines.linePos(pos[0]).line, message }))
  if (unreadable.length > 0) throw refusal(file, unreadable)
  const parsed = Config.safeParse(document.toJS() ?? {})
  if (parsed.success) return parsed.data
  throw refusal(
    file,
    parsed.error.issues.flatMap((issue) => faults(issue, document, lines)),
  )
}

interface Fault {
  readonly line: number
  readonly message: string
}

function faults(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): Fault[] {
  const section = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    const known = settingsAt(issue.path)
    return issue.keys.map((key) => {
      const path = [...issue.path, key]
      const message = `${path.map(String).join('.')} is no setting: take it out, or write one of ${known}`
      return { line: lineOf(document, path, lines), message }
    })
  }
  const wanted =
    issue.code === 'invalid_type' && issue.expected === 'object'
      ? `settings: ${settingsAt(issue.path)}`
      : issue.message
  return [{ line: lineOf(document, issue.path, lines), message: `${section || 'the file'} should be ${wanted}` }]
}

/** The line of a key, or of the nearest thing around it that is written. */
function lineOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

function refusal(file: string, found: readonly Fault[]): StartRefused {
  const sentences = found.toSorted((a, b) => a.line - b.line).map(({ line, message }) => `  line ${line}: ${message}`)
  return new StartRefused('config', [`${file} cannot be used as it is:`, ...sentences].join('\n'))
}

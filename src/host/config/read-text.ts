/**
 * The text of a `cairn.config.yaml`, read along the outline of what it may say.
 *
 * Invariants:
 * 1. Everything that is wrong is told, with its line; nothing of it is in what was read.
 * 2. A value that is sensitive stands in no fault, nor does what stands in the place of a key beside one: that may be the value.
 */
import { type Document, isAlias, isMap, isNode, isScalar, LineCounter, type Pair, parseDocument, type YAMLError } from 'yaml'
import { z } from 'zod'
import { Json } from '../../model/json.ts'
import { type Fault, unshown } from '../../model/policy/policy-view.ts'
import { nearest } from '../../model/query/nearest.ts'
import type { Group, Leaf, Outline, Path } from './outline.ts'
import type { Tree } from './tree.ts'
import { unknownKey } from './unknown-key.ts'

export interface TextRead {
  /** What is written and right, by its keys. */
  readonly tree: Tree
  readonly faults: readonly Fault[]
  /** The line of a key that is written; null for one that is not. */
  lineOf(path: Path): number | null
}

export function readText(text: string, outline: Group): TextRead {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false })
  const unreadable = [...document.errors, ...document.warnings].map((error) => ({ line: lines.linePos(error.pos[0]).line, message: wordsOf(error) }))
  if (unreadable.length > 0) return { tree: {}, faults: unreadable, lineOf: () => null }
  const reader = new Reader(document, lines, outline)
  const tree = reader.read()
  return { tree, faults: reader.faults, lineOf: (path) => reader.places.get(placeOf(path)) ?? null }
}

class Reader {
  readonly faults: Fault[] = []
  readonly places = new Map<string, number>()
  readonly #document: Document
  readonly #lines: LineCounter
  readonly #outline: Group

  constructor(document: Document, lines: LineCounter, outline: Group) {
    this.#document = document
    this.#lines = lines
    this.#outline = outline
  }

  read(): Tree {
    return this.#keys(this.#document.contents, this.#outline, []) ?? {}
  }

  #walk(node: unknown, outline: Outline, path: Path): Json | undefined {
    return outline.kind === 'leaf' ? this.#leaf(node, outline, path) : this.#keys(node, outline, path)
  }

  #keys(written: unknown, outline: Exclude<Outline, Leaf>, path: Path): Tree | undefined {
    const node = isAlias(written) ? written.resolve(this.#document) : written
    if (isAlias(written) && node === undefined) {
      this.#fault(path, `should be settings, and *${written.source} names nothing that is written before it`)
      return undefined
    }
    // A section of which all is commented out says nothing.
    if (node === null || node === undefined || (isScalar(node) && node.value === null)) return outline.kind === 'group' && outline.optional ? undefined : {}
    if (!isMap(node)) {
      const keys = outline.kind === 'group' ? `: ${[...outline.keys.keys()].join(', ')}` : ', each under a name'
      this.#fault(path, `should be settings${keys}`)
      return undefined
    }
    const read = this.#once(node.items, path, outline).flatMap(({ key, value }): [string, Json][] => {
      const name = shownName(key, outline)
      const at = [...path, name]
      this.places.set(placeOf(at), lineOf(key, this.#lines))
      const within = outline.kind === 'group' ? outline.keys.get(name) : nameFault(outline.names, name) === undefined ? outline.of : undefined
      if (within === undefined) {
        const fault = outline.kind === 'group' ? unknownKey(at, outline, this.#outline) : `should be ${nameFault(outline.names, name) ?? ''}`
        this.#fault(at, fault)
        return []
      }
      const under = this.#walk(value, within, at)
      return under === undefined ? [] : [[name, under]]
    })
    return Object.fromEntries(read)
  }

  /** Of keys that stand twice at one place, the first: which of them was meant is anybody's guess. */
  #once(items: readonly Pair[], path: Path, outline: Exclude<Outline, Leaf>): readonly Pair[] {
    const lines = new Map<string, number>()
    return items.filter(({ key }) => {
      const name = nameOf(key)
      const line = lineOf(key, this.#lines)
      const first = lines.get(name)
      if (first === undefined) lines.set(name, line)
      else this.faults.push({ line, message: `${[...path, shownName(key, outline)].join('.')} is written twice, first in line ${first}: keep one of them` })
      return first === undefined
    })
  }

  #leaf(node: unknown, { schema, wants, isSecret }: Leaf, path: Path): Json | undefined {
    const { value = null, unread } = this.#value(node)
    if (unread !== undefined) {
      this.#fault(path, `should be ${wants}${isSecret ? '' : `, and cannot be read: ${unread}`}`)
      return undefined
    }
    const { success, error } = z.safeParse(schema, value)
    const json = success ? Json.safeParse(value) : undefined
    if (json?.success === true) return json.data
    const more = error?.issues.flatMap(({ code, message }) => (code === 'custom' && message !== wants ? [message] : [])) ?? []
    this.#fault(path, [`should be ${wants}${isSecret ? '' : found(value)}`, ...more].join('; '))
    return undefined
  }

  #value(node: unknown): { readonly value?: unknown; readonly unread?: string } {
    if (!isNode(node)) return {}
    try {
      const value: unknown = node.toJS(this.#document)
      // What holds itself has no end.
      JSON.stringify(value)
      return { value }
    } catch (error) {
      return { unread: error instanceof Error ? (error.message.split('\n')[0] ?? error.message) : String(error) }
    }
  }

  #fault(path: Path, words: string): void {
    const line = this.places.get(placeOf(path)) ?? 1
    this.faults.push({ line, message: `${path.join('.') || 'the file'} ${words}` })
  }
}

/** What would do in the place of a name; undefined where it does. */
function nameFault(names: z.core.$ZodType, name: string): string | undefined {
  const { error } = z.safeParse(names, name)
  if (error === undefined || !(names instanceof z.ZodEnum)) return error?.issues[0]?.message
  const known = names.options.map(String)
  const near = nearest(name, known)
  return `one of ${known.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`
}

function placeOf(path: Path): string {
  return JSON.stringify(path)
}

/** As it is written: `NULL` and `1e3` are names too. */
function nameOf(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : String(key)
}

/** The name of a key in faults: where a secret is awaited, what no key is called may be the secret. */
function shownName(key: unknown, outline: Exclude<Outline, Leaf>): string {
  const name = nameOf(key)
  const hides = outline.kind === 'group' && [...outline.keys.values()].some((each) => each.kind === 'leaf' && each.isSecret)
  return hides && !/^[a-z_]{1,40}$/i.test(name) ? unshown : name
}

function wordsOf({ code, message }: YAMLError): string {
  return code === 'MULTIPLE_DOCS' ? 'the file holds more than one document: take out the line of ---' : message
}

function lineOf(key: unknown, lines: LineCounter): number {
  return isScalar(key) && key.range ? lines.linePos(key.range[0]).line : 1
}

const longest = 60

function found(value: unknown): string {
  if (value === null || value === undefined) return ', and nothing is written'
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return `, not ${text.length > longest ? `${text.slice(0, longest)}…` : text}`
}

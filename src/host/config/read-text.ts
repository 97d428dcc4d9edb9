/**
 * The text of a `cairn.config.yaml`, read along the outline of what it may say.
 *
 * Invariants:
 * 1. Everything that is wrong is told, with its line; nothing of it is in what was read.
 * 2. A value that is sensitive stands in no fault.
 */
import { type Document, isAlias, isMap, isNode, isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { z } from 'zod'
import { Json } from '../../model/json.ts'
import type { Fault } from '../../model/policy/policy-view.ts'
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
  const unreadable = document.errors.map(({ message, pos }) => ({ line: lines.linePos(pos[0]).line, message }))
  if (unreadable.length > 0) return { tree: {}, faults: unreadable, lineOf: () => null }
  const reader = new Reader(document, lines, outline)
  const tree = reader.read()
  const faults = [...reader.faults, ...twice(document, lines)].toSorted((one, other) => one.line - other.line)
  return { tree, faults, lineOf: (path) => reader.places.get(placeOf(path)) ?? null }
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
    // A section of which all is commented out says nothing.
    if (node === null || node === undefined || (isScalar(node) && node.value === null)) return {}
    if (!isMap(node)) {
      const keys = outline.kind === 'group' ? `: ${[...outline.keys.keys()].join(', ')}` : ', each under a name'
      this.#fault(path, `should be settings${keys}`)
      return undefined
    }
    const read = node.items.flatMap(({ key, value }): [string, Json][] => {
      const name = nameOf(key)
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

  #leaf(node: unknown, { schema, wants, isSecret }: Leaf, path: Path): Json | undefined {
    const value = this.#value(node)
    const { success, error } = z.safeParse(schema, value)
    const json = Json.safeParse(value)
    if (success && json.success) return json.data
    const more = error?.issues.flatMap(({ code, message }) => (code === 'custom' && message !== wants ? [message] : [])) ?? []
    this.#fault(path, [`should be ${wants}${isSecret ? '' : found(value)}`, ...more].join('; '))
    return undefined
  }

  #value(node: unknown): unknown {
    if (!isNode(node)) return null
    try {
      return node.toJS(this.#document)
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
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

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key)
}

function lineOf(key: unknown, lines: LineCounter): number {
  return isScalar(key) && key.range ? lines.linePos(key.range[0]).line : 1
}

const longest = 60

function found(value: unknown): string {
  if (value === null || value === undefined) return ', and nothing is written'
  const text = JSON.stringify(value)
  return `, not ${text.length > longest ? `${text.slice(0, longest)}…` : text}`
}

/** Keys that stand twice at one place: which of them was meant is anybody's guess. */
function twice(document: Document, lines: LineCounter): Fault[] {
  const faults: Fault[] = []
  visit(document, {
    Map(_, { items }, around) {
      const seen = new Map<string, number>()
      const path = around.filter(isPair).map(({ key }) => nameOf(key))
      for (const { key } of items) {
        const name = nameOf(key)
        const line = lineOf(key, lines)
        const first = seen.get(name)
        if (first !== undefined) faults.push({ line, message: `${[...path, name].join('.')} is written twice, first in line ${first}: keep one of them` })
        else seen.set(name, line)
      }
    },
  })
  return faults
}

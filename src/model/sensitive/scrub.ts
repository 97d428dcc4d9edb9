/**
 * Takes out of texts what is known to be sensitive: what code wrote may hold any of it, as it is or as programs write it
 * into other texts. What code has made something else of is not known again.
 */
import type { Json } from '../json.ts'
import { hiddenText } from './hidden.ts'

export interface Scrub {
  text(text: string): string
  /** Every text and number of it; names of properties too. */
  json(value: Json): Json
}

/** Shorter ones would be found everywhere within other texts. */
const shortest = 4
/** Shorter ones than this, where they are all of a text or number. */
const shortestWhole = 2
/** Shorter ones than this are found only where no letter or digit is beside them. */
const alone = 8
/** So much of the beginning of a longer one tells enough. */
const telling = 16

/** Every text and number in a value, as text; of those with several lines, each line too. */
export function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value, ...value.split(/\r?\n/).map((line) => line.trim()).filter((line) => line.length >= alone)]
  if (typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null) return []
  return Array.isArray(value) ? value.flatMap(textsIn) : Object.entries<Json>(value).flatMap(([, item]) => textsIn(item))
}

/** Null where there is nothing to find. */
export function scrubber(texts: Iterable<string>): Scrub | null {
  const made = new Scrubber()
  made.add(texts)
  return made.size === 0 ? null : made
}

export class Scrubber implements Scrub {
  readonly #known = new Set<string>()
  readonly #whole = new Set<string>()
  /** By how they begin. */
  readonly #needles = new Map<string, string[]>()

  /** How many different texts are looked for, each form of one counted. */
  get size(): number {
    return this.#known.size + this.#whole.size
  }

  add(texts: Iterable<string>): void {
    for (const text of texts) {
      if (text.length >= shortestWhole) this.#whole.add(text)
      if (this.#known.has(text) || text.trim().length < shortest) continue
      for (const form of formsOf(text)) this.#look(form)
    }
  }

  text(text: string): string {
    let clean = ''
    let from = 0
    for (let at = 0; at <= text.length - shortest; at += 1) {
      const length = longestAt(text, at, this.#needles)
      if (length === 0) continue
      clean += text.slice(from, at) + hiddenText
      from = at + length
      at = from - 1
    }
    return from === 0 ? text : clean + text.slice(from)
  }

  json(value: Json): Json {
    if (typeof value === 'string') return this.#whole.has(value) ? hiddenText : this.text(value)
    if (typeof value === 'number') return this.#whole.has(String(value)) ? hiddenText : value
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((item: Json) => this.json(item))
    return Object.fromEntries(Object.entries<Json>(value).map(([name, item]) => [this.text(name), this.json(item)]))
  }

  #look(form: string): void {
    if (this.#known.has(form)) return
    this.#known.add(form)
    const start = form.slice(0, shortest)
    const same = this.#needles.get(start)
    if (same === undefined) this.#needles.set(start, [form])
    else same.push(form)
  }
}

/** How much of the text from here on is one of them. */
function longestAt(text: string, at: number, needles: ReadonlyMap<string, readonly string[]>): number {
  const candidates = needles.get(text.slice(at, at + shortest))
  return candidates === undefined ? 0 : Math.max(...candidates.map((needle) => lengthAt(text, at, needle)))
}

function lengthAt(text: string, at: number, needle: string): number {
  let length = 0
  while (length < needle.length && text[at + length] === needle[length]) length += 1
  const end = at + length
  if (length < needle.length) return length >= telling || isCut(text, end) ? length : 0
  return needle.length >= alone || (!isWord(text[at - 1]) && !isWord(text[end])) ? length : 0
}

/** A text that was too long ends there, or says so there. */
function isCut(text: string, at: number): boolean {
  return at === text.length || text[at] === '…'
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character)
}

/** A text as it is, and as JSON, addresses, HTML, and encodings of bytes have it. */
function formsOf(text: string): string[] {
  const bytes = new TextEncoder().encode(text.toWellFormed())
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text.toWellFormed()),
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    base64.replaceAll('=', ''),
    base64.replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_'),
    Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(''),
  ]
}

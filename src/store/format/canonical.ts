/**
 * The one written form of a value (RFC 8785), and what has none.
 *
 * Invariants:
 * 1. What is refused is refused whole: nothing is dropped or turned into null in silence.
 * 2. Work and memory are bounded by the limit, whatever is handed in: cycles, a graph of shared parts that would unfold
 *    to terabytes, a million levels.
 */
import canonicalize from 'canonicalize'
import { ValueRefused } from '../../model/storage-errors.ts'
import { crossing, type Path } from './crossing.ts'

/** Deeper than anything that people write, and safely within what recursive readers can take. */
const deepest = 1_000
/** Of a name in a path that somebody is told. */
const longestName = 200

/** RFC 8785 text of what is known to be JSON: our own records. */
export function canonicalText(record: unknown): string {
  const text = canonicalize(record)
  if (text === undefined) throw new TypeError('there is no JSON for undefined')
  return text
}

/**
 * RFC 8785 bytes of a value.
 * @throws ValueRefused where it is no JSON, nested too deep, or over the limit (bytes). The message names the path.
 */
export function canonicalBytes(value: unknown, limit: number): Uint8Array {
  const inspection = new Inspection(value, limit)
  inspection.visit(value)
  const bytes = Buffer.from(canonicalText(value))
  if (bytes.byteLength > limit) throw inspection.tooLarge()
  return bytes
}

class Inspection {
  readonly #whole: unknown
  readonly #limit: number
  readonly #path: (string | number)[] = []
  readonly #ancestors = new Set<object>()
  /** Never more than the value's text takes: enough to stop before it is unfolded. */
  #bytes = 0

  constructor(whole: unknown, limit: number) {
    this.#whole = whole
    this.#limit = limit
  }

  visit(value: unknown): void {
    if (value === null || typeof value === 'boolean') this.#grow(4)
    else if (typeof value === 'string') this.#text(value)
    else if (typeof value === 'number') this.#number(value)
    else if (typeof value === 'object') this.#inside(value)
    else throw this.#refused(`is ${typeof value}, which is no JSON`, 'leave it out or send null')
  }

  tooLarge(): ValueRefused {
    const path = written(crossing(this.#whole, this.#limit))
    const where = path === '' ? '' : ` (reached at ${path})`
    return new ValueRefused(`the value takes more than ${this.#limit} bytes${where}: keep it in a file and pass its name`, path)
  }

  #inside(value: object): void {
    if (this.#ancestors.has(value)) throw this.#refused('contains itself', 'send a tree')
    if (this.#path.length === deepest) throw this.#refused(`is nested more than ${deepest} levels deep`, 'flatten it')
    this.#ancestors.add(value)
    this.#grow(1)
    if (Array.isArray(value)) this.#list(value)
    else this.#record(value)
    this.#ancestors.delete(value)
  }

  #list(items: readonly unknown[]): void {
    for (let index = 0; index < items.length; index++) {
      this.#grow(1)
      this.#within(index, items[index])
    }
  }

  #record(value: object): void {
    if (!isPlain(value)) throw this.#refused('is no plain object', 'send its content as one')
    for (const [key, item] of Object.entries(value)) {
      this.#text(key)
      this.#within(key, item)
    }
  }

  #within(key: string | number, item: unknown): void {
    this.#path.push(key)
    this.visit(item)
    this.#path.pop()
  }

  #number(value: number): void {
    if (!Number.isFinite(value)) throw this.#refused(`is ${value}, for which JSON has no number`, 'send null or text')
    this.#grow(1)
  }

  #text(text: string): void {
    if (!text.isWellFormed()) {
      throw this.#refused('holds half a surrogate pair, which is no Unicode', 'send it through toWellFormed()')
    }
    this.#grow(text.length + 2)
  }

  #grow(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes > this.#limit) throw this.tooLarge()
  }

  #refused(what: string, wayOut: string): ValueRefused {
    const where = written(this.#path)
    return new ValueRefused(`${where === '' ? 'the value' : where} ${what}: ${wayOut}`, where)
  }
}

function written(path: Path): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${short(key)}`)).join('')
  return text.startsWith('.') ? text.slice(1) : text
}

/** A name may be what takes the room. */
function short(name: string): string {
  return name.length > longestName ? `${name.slice(0, longestName).toWellFormed()}…` : name
}

/** An object literal of any realm: its prototype is none, or one that has none. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

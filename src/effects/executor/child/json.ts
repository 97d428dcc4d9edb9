import type { Json } from '../../../model/json.ts'
import { whyLost } from '../../../model/lost-name.ts'

/** Deeper than anything that a person wrote, and far from where the stack ends. */
const deepest = 500

/** A value that JSON cannot carry unchanged. The message says where it stands and what to do. */
export class NotJson extends TypeError {
  override readonly name = 'NotJson'
  readonly path: string

  constructor(path: string, what: string, wayOut: string) {
    super(`${path} ${what}: ${wayOut}`)
    this.path = path
  }
}

/**
 * A copy of the value as JSON; nothing in it is changed silently, but for properties that are undefined, which go.
 * `path` names the value in what is thrown.
 * @throws NotJson
 */
export function asJson(value: unknown, path: string, depth = 0): Json {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new NotJson(path, 'has half a surrogate pair in its text', 'use toWellFormed()')
    return value
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotJson(path, `is ${value}`, 'use null or a number')
    return value
  }
  if (typeof value !== 'object') throw new NotJson(path, `is ${article(typeof value)}`, 'leave it out or write it as text')
  if (depth === deepest) throw new NotJson(path, `lies ${deepest} levels deep`, 'flatten it, or look for a cycle')
  if (Array.isArray(value)) return value.map((item: unknown, index) => asJson(item, `${path}.${index}`, depth + 1))
  if (!isPlain(value)) throw new NotJson(path, `is ${article(kindOf(value))}`, 'use a plain object, an array or text')
  if (Object.hasOwn(value, '__proto__')) throw new NotJson(`${path}.__proto__`, whyLost.what, whyLost.wayOut)
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  return Object.fromEntries(entries.map(([key, item]) => [key, asJson(item, `${path}.${key}`, depth + 1)]))
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

function kindOf({ constructor }: object): string {
  return (typeof constructor === 'function' && constructor.name) || 'special object'
}

function article(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? 'an' : 'a'} ${noun}`
}

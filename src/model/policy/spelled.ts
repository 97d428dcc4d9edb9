/**
 * Settings that a person spells: `30s`, `10MB`. A schema made here reads what is written and writes what was read, and
 * says in its meta what it `wants`, for whoever tells of an error or writes the reference.
 */
import { z } from 'zod'
import { type Duration, parseDuration, writeDuration } from '../duration.ts'
import { parseSize, type Size, writeSize } from '../size.ts'

interface Bounds<T> {
  readonly least: T
  readonly most?: T
  /** An example of what may be written. */
  readonly like: T
}

/** A length of time, in milliseconds once it is read. */
export function duration(bounds: Bounds<Duration>) {
  return spelled('a length of time', bounds, parseDuration, writeDuration)
}

/** A number of bytes. */
export function size(bounds: Bounds<Size>) {
  return spelled('a size', bounds, parseSize, writeSize)
}

function spelled<T extends string>(noun: string, bounds: Bounds<T>, parse: (text: string) => number | undefined, write: (value: number) => T) {
  const { least, most, like } = bounds
  const from = parse(least) ?? 0
  const to = most === undefined ? Number.MAX_SAFE_INTEGER : (parse(most) ?? 0)
  const wants = `${noun} ${most === undefined ? `of ${least} or more` : `from ${least} to ${most}`}, like ${like}`
  const decode = (text: string, context: z.core.ParsePayload): number => {
    const value = parse(text)
    if (value !== undefined && value >= from && value <= to) return value
    context.issues.push({ code: 'custom', message: wants, input: text })
    return z.NEVER
  }
  return z.codec(z.string(wants), z.int(), { decode, encode: write }).meta({ wants })
}

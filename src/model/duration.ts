import type { Millis } from './ids.ts'

const unit = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
type Unit = keyof typeof unit

/** A length of time as an author writes it: `250ms`, `1.5s`, `5m`, `24h`, `7d`. */
export type Duration = `${number}${Unit}`

const written = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/

function isUnit(text: string): text is Unit {
  return text in unit
}

/** Milliseconds of a written duration, or undefined where it is not one. */
export function parseDuration(text: string): Millis | undefined {
  const [, amount, name] = written.exec(text) ?? []
  if (amount === undefined || name === undefined || !isUnit(name)) return undefined
  const millis = Math.round(Number(amount) * unit[name])
  return Number.isSafeInteger(millis) ? millis : undefined
}

const units = ['d', 'h', 'm', 's', 'ms'] as const satisfies readonly Unit[]

/** Writes a length of time in the largest unit that it is whole in: `parseDuration` reads it back. */
export function writeDuration(millis: Millis): Duration {
  const name = units.find((each) => millis % unit[each] === 0) ?? 'ms'
  return `${millis / unit[name]}${name}`
}

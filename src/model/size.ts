const unit = { kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const
type Unit = keyof typeof unit

/** A number of bytes as a person writes it: `10MB`, `1.5GB`. */
export type Size = `${number}${Unit}`

const written = /^(\d+(?:\.\d+)?)(kB|MB|GB|TB)$/

function isUnit(text: string): text is Unit {
  return text in unit
}

/** Bytes of a written size, like `10MB`; undefined where it is none. */
export function parseSize(text: string): number | undefined {
  const [, amount, name] = written.exec(text) ?? []
  return name === undefined || !isUnit(name) ? undefined : Math.round(Number(amount) * unit[name])
}

const units = ['TB', 'GB', 'MB'] as const satisfies readonly Unit[]

/** Writes a number of bytes in the largest unit that it is whole in: `parseSize` reads it back. */
export function writeSize(bytes: number): Size {
  const name = units.find((each) => bytes % unit[each] === 0) ?? 'kB'
  return `${bytes / unit[name]}${name}`
}

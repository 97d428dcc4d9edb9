const unit = { kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 } as const

const written = /^(\d+(?:\.\d+)?)(kB|MB|GB|TB)$/

function isUnit(text: string): text is keyof typeof unit {
  return text in unit
}

/** Bytes of a written size, like `10MB`; undefined where it is none. */
export function parseSize(text: string): number | undefined {
  const [, amount, name] = written.exec(text) ?? []
  return name === undefined || !isUnit(name) ? undefined : Math.round(Number(amount) * unit[name])
}

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** A size with two places that matter: `312 B`, `6.2 KB`, `41 KB`, `5.1 MB`; from a thousand on in the next unit. */
export function bytes(size: number): string {
  const fits = units.findIndex((_, power) => size < 999.5 * 1_024 ** power)
  const power = fits === -1 ? units.length - 1 : fits
  const amount = size / 1_024 ** power
  return `${power > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${units[power]}`
}

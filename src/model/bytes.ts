/** A size with two places that matter: `312 B`, `6.2 KB`, `41 KB`, `5.1 MB`. */
export function bytes(size: number): string {
  const units = ['B', 'KB', 'MB', 'GB'] as const
  const power = size < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(size) / Math.log(1_024)))
  const amount = size / 1_024 ** power
  return `${power > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${units[power]}`
}

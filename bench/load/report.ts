/** What a load came to, held against what is asked of it. */
import { inShort } from '../store/tables.ts'
import { type Sample, slopePerHour } from './memory.ts'
import type { Ran } from './runs-in-flight.ts'

export interface Load {
  readonly ran: readonly Ran[]
  /** What the mail server took. */
  readonly mails: readonly { readonly to: readonly string[] }[]
  readonly answers: ReadonlyMap<string, number>
  /** Answers that were not taken, and why. */
  readonly refusals: readonly string[]
  readonly samples: readonly Sample[]
  readonly damages: readonly string[]
  /** What the host says went wrong, and how often. Nothing was made to. */
  readonly alarms: readonly Alarm[]
  /** Of the machine, before and after. */
  readonly load: readonly number[]
}

export interface Alarm {
  readonly count: number
  readonly says: string
}

/** More than this share of runs may not have an error of which nobody knows. */
const mostAlarms = 0.001
/** The least share of runs that end well, and the longest that 95 of 100 may take, in milliseconds. */
const leastWell = 0.999
const longest = 300_000
/** Until then a host grows by what it keeps at hand: the slope is of what comes after. */
const warm = 0.2

export function report({ ran, mails, answers, refusals, samples, damages, alarms, load }: Load) {
  const times = ran.map(({ took }) => took).toSorted((one, other) => one - other)
  const at = (share: number): number => times[Math.max(0, Math.ceil(share * times.length) - 1)] ?? NaN
  const well = ran.filter(({ status }) => status === 'completed')
  const got = Map.groupBy(mails.flatMap(({ to }) => to), (address) => address)
  const missing = well.filter(({ to }) => !got.has(to))
  const doubled = [...got.values()].filter(({ length }) => length > 1)
  const known = new Set(ran.map(({ to }) => to))
  const strange = [...got.keys()].filter((address) => !known.has(address))
  const errors = alarms.reduce((sum, { count }) => sum + count, 0)
  const later = samples.slice(Math.floor(warm * samples.length))
  const memory = (of: 'host' | 'executors') => ({
    first: samples[0]?.[of] ?? NaN,
    last: samples.at(-1)?.[of] ?? NaN,
    most: Math.max(...samples.map((sample) => sample[of])),
    perHour: slopePerHour(later.map((sample) => [sample.at, sample[of]])),
  })
  const figures = {
    runs: ran.length,
    endedWell: well.length,
    share: well.length / ran.length,
    seconds: { p50: at(0.5) / 1_000, p95: at(0.95) / 1_000, max: at(1) / 1_000 },
    answers: Object.fromEntries(answers),
    mails: { taken: mails.length, missing: missing.length, doubled: doubled.length, strange: strange.length },
    memory: { samples: samples.length, host: memory('host'), executors: memory('executors') },
    damages: damages.length,
    alarms: errors,
    load,
  }
  const { host, executors } = figures.memory
  const megabytes = ({ first, last, most, perHour }: typeof host): string =>
    `${inShort(first)} at first, ${inShort(last)} at last, ${inShort(most)} at most; ${perHour >= 0 ? '+' : ''}${inShort(perHour)} an hour`
  const rows = [
    ['what', 'seen', 'goal'],
    ['runs', String(ran.length), ''],
    ['ended well', `${well.length} (${(100 * figures.share).toFixed(2)} %)`, 'at least 99.9 %'],
    ['a run took, s', `p50 ${inShort(figures.seconds.p50)}, p95 ${inShort(figures.seconds.p95)}, max ${inShort(figures.seconds.max)}`, 'p95 under 300'],
    ['answers', [...answers].map(([name, times_]) => `${name} ${times_}`).join(', '), ''],
    ['mails', `${mails.length}: ${missing.length} missing, ${doubled.length} more than once, ${strange.length} of no run`, 'one of each run'],
    ['host, MB', megabytes(host), ''],
    ['executors, MB', megabytes(executors), ''],
    ['damaged', String(damages.length), '0'],
    ['false alarms', String(errors), 'at most 0.1 % of the runs'],
    ['load of the machine', load.map((each) => each.toFixed(1)).join(' to '), ''],
  ]
  return { rows, figures, missed: missed() }

  function missed(): string[] {
    return [
      ...(ran.length === 0 ? ['no run ended'] : []),
      ...(figures.share < leastWell ? [`${(100 * figures.share).toFixed(2)} % ended well`, ...unwell()] : []),
      ...(at(0.95) >= longest ? [`95 of 100 took up to ${inShort(figures.seconds.p95)} s`] : []),
      ...(missing.length + doubled.length + strange.length > 0 ? ['not every run has its one mail'] : []),
      ...refusals.map((what) => `an answer was refused: ${what}`),
      ...damages.map((what) => `damaged: ${what}`),
      ...(errors > mostAlarms * ran.length ? alarms.map(({ count, says }) => `${count} times: ${says}`) : []),
    ]
  }

  /** As far as anybody would read. */
  function unwell(): string[] {
    const others = ran.filter(({ status }) => status !== 'completed')
    return others.slice(0, 10).map(({ run, status }) => `run ${run} is ${status}`)
  }
}

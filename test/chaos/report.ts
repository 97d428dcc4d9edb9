/** What the chaos came to, in rows, and held against what is asked of it. */
import { FailureClass } from '../../src/model/failure.ts'
import type { Millis } from '../../src/model/ids.ts'
import { Measure } from '../../src/model/recovery-strategy.ts'
import type { Case } from './case.ts'
import { judge } from './judge.ts'
import { bound } from './knowable.ts'
import type { Octets } from './octets.ts'
import type { Ending } from './scenario.ts'

/** All that was done in one way. */
export interface Row {
  readonly class: FailureClass
  readonly name: string
  readonly ends: Ending
  /** Whether its time to recover is bounded. */
  readonly waits: boolean
  readonly injected: number
  readonly detections: readonly Millis[]
  readonly runs: number
  /** Runs that ended as they were to. */
  readonly right: number
  readonly recoveries: readonly Millis[]
}

export interface Outcome {
  readonly cases: readonly Case[]
  readonly octets: Octets | null
  /** What is damaged in the end, though all that was changed is as it was. */
  readonly damages: readonly string[]
  readonly troubles: readonly string[]
  /** Whether every scenario there is was tried. */
  readonly isWhole: boolean
}

/** No recovery that nothing has wait may take longer, in milliseconds. */
const longestRecovery: Millis = 10_000
const leastFound = 0.99
const leastRecovered = 0.95
const mostFalse = 0.001

export function report({ cases, octets, damages, troubles, isWhole }: Outcome) {
  const judged = cases.map((about) => ({ about, ...judge(about) }))
  const rows = [...rowsOf(judged), ...(octets === null ? [] : [rowOfOctets(octets)])]
  const wrong = judged.flatMap(({ about, wrong: of }) => of.map((what) => `${nameOf(about)} (${about.id}, run ${about.run ?? 'none'}): ${what}`))
  const strays = judged.flatMap(({ about, strays: of }) => of.map(({ class: as, name }) => `${nameOf(about)} (${about.id}): ${as} ${name}`))
  const clean = cases.filter(({ scenario }) => scenario === null)
  const goals = goalsOf(rows, { strays: strays.length, runs: cases.length, lost: [...wrong, ...damages, ...(octets?.missed ?? [])] })
  const left = isWhole ? leftOut(cases) : []
  const missed = [
    ...goals.filter(({ isMet }) => !isMet).map(({ goal, seen }) => `${goal}: ${seen}`),
    ...left.map((what) => `never tried: ${what}`),
    ...[...wrong, ...strays.map((what) => `said, and not done: ${what}`), ...damages, ...(octets?.missed ?? []), ...troubles].slice(0, 30),
  ]
  return { rows, goals, missed, cleanRuns: clean.length, runs: cases.length }
}

function nameOf({ scenario }: Case): string {
  return scenario?.name ?? 'a clean run'
}

type Judged = ReturnType<typeof judge> & { readonly about: Case }

function rowsOf(judged: readonly Judged[]): Row[] {
  const byScenario = Map.groupBy(judged, ({ about }) => about.scenario)
  const rows = [...byScenario].flatMap(([scenario, of]): Row[] => {
    if (scenario === null) return []
    return [
      {
        class: scenario.class,
        name: scenario.name,
        ends: scenario.ends,
        waits: scenario.waits === true,
        injected: of.reduce((sum, { about }) => sum + about.injections.length, 0),
        detections: of.flatMap(({ detections }) => detections),
        runs: of.length,
        right: of.filter(({ wrong }) => wrong.length === 0).length,
        recoveries: of.flatMap(({ recovery }) => recovery ?? []),
      },
    ]
  })
  return rows.toSorted((one, other) => FailureClass.options.indexOf(one.class) - FailureClass.options.indexOf(other.class))
}

function rowOfOctets({ injected, took }: Octets): Row {
  return { class: 'corruption', name: 'an octet of the file', ends: 'person', waits: true, injected, detections: took, runs: 0, right: 0, recoveries: [] }
}

export interface Goal {
  readonly goal: string
  readonly seen: string
  readonly isMet: boolean
}

function goalsOf(rows: readonly Row[], { strays, runs, lost }: { readonly strays: number; readonly runs: number; readonly lost: readonly string[] }): Goal[] {
  const sum = (of: readonly Row[], count: (row: Row) => number): number => of.reduce((total, row) => total + count(row), 0)
  const [corrupt, others] = [rows.filter((row) => row.class === 'corruption'), rows.filter((row) => row.class !== 'corruption')]
  const share = (part: number, of: number): number => (of === 0 ? 1 : part / of)
  const shown = (part: number, of: number): string => `${part} of ${of} (${(100 * share(part, of)).toFixed(1)} %)`
  const damaged = [sum(corrupt, ({ detections }) => detections.length), sum(corrupt, ({ injected }) => injected)] as const
  const inTime = [sum(others, ({ detections }) => detections.filter((took) => took <= bound).length), sum(others, ({ injected }) => injected)] as const
  const recoverable = rows.filter(({ ends }) => ends === 'recovers')
  const recovered = [sum(recoverable, ({ right }) => right), sum(recoverable, (row) => row.runs)] as const
  const times = rows.filter(({ ends, waits }) => ends === 'recovers' && !waits).flatMap(({ recoveries }) => recoveries)
  const longest = Math.max(0, ...times)
  return [
    { goal: 'all damage is found', seen: shown(...damaged), isMet: damaged[0] === damaged[1] },
    { goal: `at least 99 % of the others within ${bound / 1_000} s`, seen: shown(...inTime), isMet: share(...inTime) >= leastFound },
    { goal: 'more than 95 % of what can recover does, and nobody is asked', seen: shown(...recovered), isMet: recovered[1] === 0 || share(...recovered) > leastRecovered },
    { goal: 'within 10 s where nothing has it wait', seen: `${(longest / 1_000).toFixed(1)} s at most`, isMet: longest < longestRecovery },
    { goal: 'at most 0.1 % false alarms', seen: `${strays} over ${runs} runs`, isMet: strays <= mostFalse * runs },
    { goal: 'nothing is lost, nothing is done twice, all ends as it is to', seen: lost.length === 0 ? 'so it was' : `${lost.length} times not`, isMet: lost.length === 0 },
  ]
}

/** Classes and ways out that were never met. */
function leftOut(cases: readonly Case[]): string[] {
  const classes = new Set(cases.flatMap(({ found }) => found.map((each) => each.class)))
  const measures = new Set(cases.flatMap((about) => [...about.measures]))
  return [...FailureClass.options.filter((each) => !classes.has(each)), ...Measure.options.filter((each) => !measures.has(each))]
}

import type { Preview } from '../../model/preview.ts'
import { aligned, type Paint, plain } from '../paint.ts'
import { runStatus } from '../status.ts'
import { lasting, moment } from '../times.ts'
import { childrenLines } from './children-lines.ts'
import { outsideLines } from './outside-lines.ts'

interface Pass {
  readonly step: string
  readonly iteration: number
}

/** What is told under one name. Where there is nothing, there is no line. */
export type Fact = readonly [name: string, lines: readonly string[]]

/** What going back leads to, in words. */
export function previewLines(paint: Paint, told: Preview): string[] {
  const { checkpoint, parent, leaves, branch, becomes, undone, stops, withdraws } = told
  const facts: Fact[] = [
    ...migrationFacts(paint, told),
    ...stepFacts(told),
    ['outside', told.outside.flatMap((each) => outsideLines(paint, each))],
    ['child runs', childrenLines(paint, told.children)],
    ['in doubt', told.inDoubt.map((each) => doubt(paint, each))],
    ['undone since', oneLine(undone)],
    ['is stopped', stops.map(stopped)],
    ['is withdrawn', [
      ...withdraws.decisions.map((each) => `the question of ${named(each)}`),
      ...withdraws.timers.map((each) => `the timer of ${named(each)}, due ${moment(each.until)}`),
    ]],
  ]
  const from = parent === leaves ? '' : ` of branch ${parent}`
  const onto = `the run leaves branch ${leaves} for a new one, ${branch}, and is ${runStatus(paint, becomes, null)}`
  return [`back to checkpoint ${checkpoint}${from}; ${onto}`, ...factLines(paint, facts)]
}

/** What becomes of the run's state where it goes on with another definition. */
export function migrationFacts(paint: Paint, { migration, revision }: Pick<Preview, 'migration' | 'revision'>): Fact[] {
  if (migration === null) return []
  const { from, versions, added, dropped, changed, notTakenBack } = migration
  const by = versions.map((version) => `.migrate(${version})`).join(', ')
  const way = by === '' ? `another revision of version ${from}` : `version ${revision.version}, from version ${from} by ${by}`
  return [
    ['goes on with', [way]],
    ['new steps', oneLine(added)],
    ['dropped', oneLine(dropped)],
    ['migrated', oneLine(changed)],
    ['not taken back', notTakenBack.map((step) => paint('attention', `${step}: nothing compensates it any more`))],
  ]
}

/** Which steps are reused, run, or may run. */
export function stepFacts({ reused, runs }: Pick<Preview, 'reused' | 'runs'>): Fact[] {
  const certain = runs.filter((next) => next.certain)
  const rest = runs.filter((next) => !next.certain)
  return [
    ['reused', oneLine(reused)],
    ['runs again', certain.map(({ step, typical, why }) => [step, usually(typical), why ?? ''].filter(Boolean).join(', '))],
    ['may run', rest.map(({ step, why }) => (why === undefined ? step : `${step}, ${plain(why)}`))],
  ]
}

export function oneLine(steps: readonly string[]): string[] {
  return steps.length === 0 ? [] : [steps.join(', ')]
}

export function factLines(paint: Paint, facts: readonly Fact[]): string[] {
  const rows = facts.flatMap(([name, lines]) => lines.map((line, at) => [at === 0 ? name : '', line] as const))
  return aligned(rows.map(([name, line]) => [`  ${paint('inactive', name)}`, line]))
}

function doubt(paint: Paint, each: Preview['inDoubt'][number]): string {
  return paint('attention', `${named(each)}, begun ${moment(each.since)}: nobody will know whether it happened`)
}

function stopped(each: Preview['stops'][number]): string {
  return `${named(each)}, ${doing[each.phase]} since ${moment(each.since)}`
}

function usually(typical: number | null): string {
  return typical === null ? '' : `usually ${lasting(typical)}`
}

export function named({ step, iteration }: Pass): string {
  return iteration === 1 ? step : `${step} #${iteration}`
}

const doing = { run: 'running', compensate: 'being undone', check: 'asking whether it happened' } as const

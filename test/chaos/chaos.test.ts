/** A small round of the chaos, so that it goes on running; and that it would say so where something was not as it is to be. */
import { describe, expect, test } from 'vitest'
import { FailureClass } from '../../src/model/failure.ts'
import { RunId } from '../../src/model/ids.ts'
import { Measure } from '../../src/model/recovery-strategy.ts'
import { Case } from './case.ts'
import { chaos, everyScenario } from './chaos.ts'
import { knowableAt } from './knowable.ts'
import { report } from './report.ts'
import type { Scenario } from './scenario.ts'

test('there is a scenario of every class of errors, and of every way out', () => {
  expect(FailureClass.options.filter((each) => !everyScenario.some((scenario) => scenario.class === each))).toEqual([])
  expect(Measure.options.filter((each) => !everyScenario.some(({ by }) => by === each))).toEqual([])
})

test('what is made to go wrong is found, got over, and ends as it is to', async () => {
  const only = ['validation', 'rejected', 'expired', 'corruption'] as const
  const { cases, octets, damages, troubles } = await chaos({ program: 'sources', rounds: 1, copies: 1, seed: 1, only, octets: 5, told: () => undefined })
  const { rows, missed } = report({ cases, octets, damages, troubles, isWhole: false })
  expect(troubles).toEqual([])
  expect(damages).toEqual([])
  expect(new Set(rows.map((row) => row.class))).toEqual(new Set(only))
  // How long it took is told and not held against anything here: a machine that tests may be busy.
  const { injected, found, runs, right } = total(rows)
  expect(injected).toBeGreaterThanOrEqual(8)
  expect(found).toBe(injected)
  expect(right, missed.join('\n')).toBe(runs)
}, 180_000)

function total(rows: ReturnType<typeof report>['rows']) {
  const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((all, row) => all + of(row), 0)
  return { injected: sum((row) => row.injected), found: sum(({ detections }) => detections.length), runs: sum((row) => row.runs), right: sum((row) => row.right) }
}

describe('the goals can be missed', () => {
  const slow: Scenario = { name: 'too slow', class: 'timeout', workflow: 'slow', limit: 1_000, ends: 'recovers', by: 'retry' }
  const at = 1_000_000

  /** One that is found in time, tried again and completed. */
  function well(scenario: Scenario | null = slow): Case {
    const about = new Case('case-1', scenario, () => 0)
    about.run = RunId.parse('0'.repeat(26))
    about.status = 'completed'
    if (scenario === null) return about
    about.inject(scenario.class, at)
    about.found.push({ class: scenario.class, name: 'StepTimeout', at: knowableAt(scenario, at) + 20 })
    if (scenario.by !== null) about.measures.add(scenario.by)
    about.recoveredAt = at + 1_100
    return about
  }
  const outcomeOf = (...cases: readonly Case[]) => report({ cases, octets: null, damages: [], troubles: [], isWhole: false })
  const missedBy = (spoil: (about: Case) => void, scenario: Scenario | null = slow): readonly string[] => {
    const about = well(scenario)
    spoil(about)
    return outcomeOf(about).goals.filter(({ isMet }) => !isMet).map(({ goal }) => goal)
  }

  test('and are met where all went well', () => {
    const { rows, missed } = outcomeOf(well(), well(null))
    expect(missed).toEqual([])
    expect(rows).toMatchObject([{ injected: 1, detections: [20], right: 1, recoveries: [100] }])
  })

  test('by what was not found, found as something else, or found late', () => {
    const inTime = expect.stringContaining('within 1 s')
    expect(missedBy(({ found }) => found.splice(0))).toContainEqual(inTime)
    expect(missedBy((about) => about.found.splice(0, 1, { class: 'crash', name: 'ProcessExit', at }))).toEqual([inTime, expect.stringContaining('false alarms')])
    expect(missedBy((about) => about.found.splice(0, 1, { class: 'timeout', name: 'StepTimeout', at: at + 2_001 }))).toEqual([inTime])
  })

  test('by damage that was not found', () => {
    expect(missedBy(({ found }) => found.splice(0), { ...slow, class: 'corruption', ends: 'person', by: 'ask' })).toContain('all damage is found')
  })

  test('by what did not recover, asked a person, or took long', () => {
    const recovers = expect.stringContaining('what can recover')
    expect(missedBy((about) => (about.status = 'failed'))).toContainEqual(recovers)
    expect(missedBy((about) => (about.asked = 1))).toContainEqual(recovers)
    expect(missedBy((about) => about.measures.clear())).toContainEqual(recovers)
    expect(missedBy((about) => (about.recoveredAt = at + 11_001))).toEqual([expect.stringContaining('within 10 s')])
  })

  test('by what is said of a run that nothing was done to, and by one that did not end', () => {
    expect(missedBy(({ found }) => found.push({ class: 'loop', name: 'GoesInCircles', at }), null)).toEqual([expect.stringContaining('false alarms')])
    expect(missedBy((about) => (about.status = 'waiting'), null)).toEqual([expect.stringContaining('nothing is lost')])
  })

  test('by a class or a way out that was never met', () => {
    const { missed } = report({ cases: [well()], octets: null, damages: [], troubles: [], isWhole: true })
    expect(missed).toContain('never tried: rollback')
    expect(missed).not.toContain('never tried: timeout')
  })
})

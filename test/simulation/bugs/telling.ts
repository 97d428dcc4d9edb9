/** Bugs of what a person is told before going back, and before a replay: each leaves out one thing, or tells it otherwise. */
import type { Preview } from '../../../src/model/preview.ts'
import type { ReplayPreview } from '../../../src/model/replay.ts'
import type { Bug, Plant } from './bug.ts'

type Modules = {
  preview: typeof import('../../../src/engine/planner/preview.ts')
  replayPreview: typeof import('../../../src/engine/planner/replay-preview.ts')
  consequence: typeof import('../../../src/engine/planner/consequence.ts')
  replaying: typeof import('../../../src/engine/scheduler/replaying.ts')
}

function ofGoingBack(otherwise: (told: Preview) => Partial<Preview>): Plant {
  const instead = (real: Modules['preview']): object => {
    const preview: typeof real.preview = (...given) => {
      const told = real.preview(...given)
      return { ...told, ...otherwise(told) }
    }
    return { ...real, preview }
  }
  return { module: 'planner/preview.ts', instead }
}

function ofReplays(otherwise: (told: Omit<ReplayPreview, 'edits' | 'migrated'>) => Partial<ReplayPreview>): Plant {
  const instead = (real: Modules['replayPreview']): object => {
    const replayPreview: typeof real.replayPreview = (...given) => {
      const told = real.replayPreview(...given)
      return { ...told, ...otherwise(told) }
    }
    return { ...real, replayPreview }
  }
  return { module: 'planner/replay-preview.ts', instead }
}

/** Each is told what its own run did, and no other. */
const armingUntold: Plant = {
  module: 'planner/consequence.ts',
  instead: (real: Modules['consequence']) => {
    const consequence: typeof real.consequence = (action, taken, kin) => real.consequence(action, taken, {
      begun: (...given) => kin.begun(...given),
      heeding: (...given) => kin.heeding(...given),
      removed: (...given) => kin.removed(...given),
      stored: () => undefined,
    })
    return { ...real, consequence }
  },
}

const editsUntold: Plant = {
  module: 'scheduler/replaying.ts',
  instead: (real: Modules['replaying']) => {
    const rehearseReplay: typeof real.rehearseReplay = async (...given) => ({ ...(await real.rehearseReplay(...given)), edits: [] })
    return { ...real, rehearseReplay }
  },
}

/** It happened, and nothing is told of it. */
const leftOut = (field: string): RegExp => new RegExp(`it happened that .*"${field}":\\[[^\\]].*, told .*"${field}":\\[\\]`)
const neverBefore = /it happened that .*"before":\[[^\]].*, told (?!.*"before":\[[^\]])/
const otherwise = (happens: string, told: string): RegExp => new RegExp(`it happened that .*${happens}.*, told .*${told}`)

const underTheFirstKey = (key: string): string => key.replace(/\/\d+$/, '/0')

export const tellingBugs: readonly Bug[] = [
  { name: 'nobody is told what is stopped', life: 'going back', plants: [ofGoingBack(() => ({ stops: [] }))], found: leftOut('stops'), seed: 3 },
  { name: 'nobody is told which children are cancelled', life: 'going back', plants: [ofGoingBack(() => ({ cancels: [] }))], found: leftOut('cancels'), seed: 13 },
  { name: 'nobody is told what is left in doubt', life: 'going back', plants: [ofGoingBack(() => ({ inDoubt: [] }))], found: leftOut('inDoubt'), seed: 28 },
  {
    name: 'nobody is told which questions are withdrawn',
    life: 'going back',
    plants: [ofGoingBack(({ withdraws }) => ({ withdraws: { ...withdraws, decisions: [] } }))],
    found: leftOut('decisions'),
    seed: 1,
  },
  {
    name: 'nobody is told which timers are withdrawn',
    life: 'going back',
    plants: [ofGoingBack(({ withdraws }) => ({ withdraws: { ...withdraws, timers: [] } }))],
    found: leftOut('timers'),
    seed: 7,
  },
  { name: 'nobody is told what was compensated since', life: 'going back', plants: [ofGoingBack(() => ({ undone: [] }))], found: leftOut('undone'), seed: 4 },
  { name: 'nobody is told what is reused', life: 'going back', plants: [ofGoingBack(() => ({ reused: [] }))], found: leftOut('reused'), seed: 2 },
  { name: 'nobody is told what touches the outside world', life: 'going back', plants: [ofGoingBack(() => ({ outside: [] }))], found: leftOut('outside'), seed: 2 },
  {
    name: 'nobody is told that a step has touched the outside world before',
    life: 'going back',
    plants: [ofGoingBack(({ outside }) => ({ outside: outside.map((each) => ({ ...each, before: [] })) }))],
    found: neverBefore,
    seed: 2,
  },
  {
    name: 'nobody is told that a step is in doubt on a branch that was left',
    life: 'going back',
    plants: [ofGoingBack(({ outside, inDoubt: now }) => ({ outside: outside.map((each) => ({ ...each, before: each.before.filter(({ inDoubt }) => !inDoubt || now.some(({ step }) => step === each.step)) })) }))],
    found: /it happened that .*"inDoubt":true.*, told (?!.*"inDoubt":true)/,
    seed: 41,
  },
  {
    name: 'effects are told under the keys of the first generation',
    life: 'going back',
    plants: [ofGoingBack(({ outside }) => ({ outside: outside.map((each) => ({ ...each, key: underTheFirstKey(each.key) })) }))],
    found: otherwise('"key":"[^"]*/[1-9]"', '"key":"[^"]*/0"'),
    seed: 2,
  },
  { name: 'a run that stays paused is told to go on', life: 'going back', plants: [ofGoingBack(() => ({ becomes: 'running' }))], found: otherwise('"becomes":"paused"', '"becomes":"running"'), seed: 3 },
  {
    name: 'steps are told to take no time',
    life: 'going back',
    plants: [ofGoingBack(({ runs }) => ({ runs: runs.map((next) => ({ ...next, typical: null })) }))],
    found: otherwise('"typical":\\d', '"typical":null'),
    seed: 1,
  },
  { name: 'nobody is told what a replay has to do again since it was compensated', life: 'a replay', plants: [ofReplays(() => ({ undone: [] }))], found: leftOut('undone'), seed: 5 },
  { name: 'nobody is told what a replay does again since it goes by what is edited', life: 'a replay', plants: [ofReplays(() => ({ renewed: [] }))], found: leftOut('renewed'), seed: 3 },
  { name: 'nobody is told what a replay takes over', life: 'a replay', plants: [ofReplays(() => ({ reused: [] }))], found: leftOut('reused'), seed: 3 },
  {
    name: 'nobody is told that the run which is replayed has touched the outside world',
    life: 'a replay',
    plants: [ofReplays(({ outside }) => ({ outside: outside.map((each) => ({ ...each, before: [] })) }))],
    found: neverBefore,
    seed: 2,
  },
  {
    name: 'who arms a step is not told that the run which is replayed did it',
    life: 'a replay',
    plants: [armingUntold],
    found: /before it is armed, .* did \[\{.*"outside":/,
    seed: 2,
  },
  { name: 'nobody is told what is edited', life: 'a replay', plants: [editsUntold], found: leftOut('edits'), seed: 3 },
]

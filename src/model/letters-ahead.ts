/** What taking dead letters out of the queue leads to, over all of them together (law 8): in how many runs each thing happens. */
import type { ChildAhead } from './child-ahead.ts'
import type { Consequence } from './consequence.ts'
import type { WorkflowName } from './ids.ts'

/** What happens, and in how many runs. */
export interface Tally {
  readonly what: string
  readonly runs: number
}

/** What was told of one of them. */
export interface LetterAhead {
  readonly workflow: WorkflowName
  readonly consequence: Consequence
}

export interface LettersAhead {
  readonly runs: readonly Tally[]
  readonly mayRun: readonly Tally[]
  /** What of it touches the outside world, or may. */
  readonly outside: readonly Tally[]
  readonly undone: readonly Tally[]
  /** Why it would be refused as things stand. */
  readonly refused: readonly Tally[]
}

/** Each in the order in which the first run has it. Where they are of several workflows, each step is told with its own. */
export function lettersAhead(letters: readonly LetterAhead[]): LettersAhead {
  const areSeveral = new Set(letters.map(({ workflow }) => workflow)).size > 1
  const tallied = (of: (consequence: Consequence) => readonly string[]): Tally[] => {
    const each = letters.flatMap(({ workflow, consequence }) => [...new Set(of(consequence))].map((what) => (areSeveral ? `${workflow}: ${what}` : what)))
    return [...Map.groupBy(each, (what) => what)].map(([what, { length }]) => ({ what, runs: length }))
  }
  return {
    runs: tallied(({ runs }) => runs.flatMap(({ step, certain }) => (certain ? [step] : []))),
    mayRun: tallied(({ runs }) => runs.flatMap(({ step, certain }) => (certain ? [] : [step]))),
    outside: tallied(({ outside, children }) => [...outside.map(reach), ...children.flatMap(reachOfChild)]),
    undone: tallied(({ compensates }) => compensates),
    refused: tallied(({ refused }) => refused.map(({ message, wayOut }) => (wayOut === undefined ? message : `${message}; ${wayOut}`))),
  }
}

function reach({ step, phase, certain }: Pick<Consequence['outside'][number], 'step' | 'phase' | 'certain'>): string {
  return `${step}${phase === 'compensate' ? ' is undone' : ''}${certain ? '' : ', perhaps'}`
}

function reachOfChild({ path, outside, unknown }: ChildAhead): string[] {
  const way = path.join(' > ')
  return [...outside.map((each) => `${way} > ${reach(each)}`), ...(unknown === null ? [] : [`${way}, perhaps: ${unknown}`])]
}

/**
 * What the engine would answer to its own question about a failure: the rule, in the order in which it is looked at. It goes by what
 * policy has behind `ask`, by the class, by what has been tried by hand already, and by what has been done outside.
 */
import { times } from '../../model/counted.ts'
import type { Recommended } from '../../model/decision.ts'
import type { Recovery } from '../../model/error-record.ts'
import { isRetryable } from '../../model/failure.ts'
import { type StrategyName, waitsForPerson } from '../../model/recovery-strategy.ts'
import { effectsOut } from '../planner/effects-out.ts'
import { freshInputs, notAgainByItself } from './fresh-inputs.ts'
import { chainOf } from './chain.ts'
import type { Situation, Strategy } from './strategy.ts'

/** How often a person has it tried again before that is no longer what is recommended. */
const mostByHand = 2

interface Considered extends Situation {
  /** What a person may answer. */
  readonly offered: ReadonlySet<string>
  /** What a person has had done about it already, on this branch or on one that it went back from. */
  readonly byHand: readonly string[]
}

type Rule = (considered: Considered) => Recommended | undefined

/** Strategies of the chain that a person may answer with, as they are called there. */
const answerOf: Partial<Record<StrategyName, string>> = {
  fallback: 'fallback',
  skip: 'skip',
  restart_from_checkpoint: 'restore',
  restart: 'restart',
}

/** `plans` are the strategies that an answer stands for; they are given so that no strategy needs the table of all. */
export function recommend(situation: Situation, offered: ReadonlySet<string>, plans: Partial<Record<StrategyName, Strategy>>): Recommended {
  const considered = { ...situation, offered, byHand: answeredByHand(situation) }
  for (const rule of [nextInChain(plans), mayHavePassed, alternative, leftOut, inputsAnew, fromTheBeginning, givenUp]) {
    const recommended = rule(considered)
    if (recommended !== undefined) return recommended
  }
  return onceMended(considered)
}

/** What policy would do next, were nobody asked. */
function nextInChain(plans: Partial<Record<StrategyName, Strategy>>): Rule {
  return (considered) => {
    const chain = chainOf(considered.rules, considered.failure)
    const behind = chain.includes('ask') ? chain.slice(chain.indexOf('ask') + 1) : []
    for (const strategy of behind) {
      const action = answerOf[strategy]
      const plan = plans[strategy]?.plan(considered)
      if (action !== undefined && plan !== undefined && 'why' in plan && considered.offered.has(action)) {
        return { action, why: `policy has it next: ${plan.why}` }
      }
    }
    return undefined
  }
}

const mayHavePassed: Rule = ({ failure, byHand }) => {
  if (!isRetryable(failure) || byHand.includes('retry')) return undefined
  return { action: 'retry', why: `what is ${failure.class} may have passed by now` }
}

const alternative: Rule = ({ offered, state, record }) => {
  if (!offered.has('fallback')) return undefined
  return { action: 'fallback', why: `${state.manifest(record.step).fallback ?? 'another step'} can stand in for it` }
}

const leftOut: Rule = ({ offered }) => {
  return offered.has('skip') ? { action: 'skip', why: 'it is optional: what follows does without it' } : undefined
}

/** Where what it was given is at fault, what gave it that has another try, if nothing outside happens twice by it. */
const inputsAnew: Rule = ({ state, record, failure, offered, byHand }) => {
  const inputs = freshInputs(state, record)
  if (failure.class !== 'validation' || !offered.has('restore') || inputs === undefined || byHand.includes('restore')) return undefined
  if (notAgainByItself(state, record, inputs.again) !== undefined) return undefined
  return { action: 'restore', why: `what it was given may be at fault: from checkpoint ${inputs.checkpoint} on that is made anew, and nothing outside happens twice` }
}

/** A clean start costs nothing but time, as long as nothing has left the house. */
const fromTheBeginning: Rule = ({ state, failure, offered, byHand }) => {
  const isWorthIt = isRetryable(failure) && byHand.filter((each) => each === 'retry').length >= mostByHand && !byHand.includes('restart')
  if (!isWorthIt || !offered.has('restart') || state.present().every(({ status }) => status !== 'completed')) return undefined
  return effectsOut(state).length > 0 ? undefined : { action: 'restart', why: 'trying it again has not helped, and nothing has been done outside yet' }
}

/** Nobody keeps trying for ever, unless giving up would leave something outside that nothing takes back. */
const givenUp: Rule = ({ state, offered, byHand }) => {
  if (!offered.has('fail') || byHand.length < mostByHand) return undefined
  const out = effectsOut(state)
  const stays = out.find(({ step }) => !state.manifest(step).compensates)
  if (stays !== undefined) return undefined
  const then = out.length === 0 ? 'nothing has been done outside' : 'what was done outside is taken back'
  return { action: 'fail', why: `it was dealt with by hand ${times(byHand.length)} and failed again; ${then}` }
}

function onceMended({ state, failure }: Considered): Recommended {
  const out = new Set(effectsOut(state).map(({ step }) => step))
  const done = out.size === 0 ? 'what has completed stays' : `what was done outside (${[...out].join(', ')}) stays done`
  return { action: 'retry', why: `${isRetryable(failure) ? 'once its cause has passed' : 'once its cause is mended'}: ${done}, and only what failed runs again` }
}

/** A question was answered by whatever was done next. */
function answeredByHand({ state, record }: Situation): string[] {
  const recoveries = state.errorOf(record, 'run')?.recoveries ?? []
  return recoveries.flatMap(({ strategy }, index) => (isAnswer(recoveries[index - 1]) ? [strategy] : []))
}

function isAnswer(before: Recovery | undefined): boolean {
  return before !== undefined && waitsForPerson(before.strategy)
}

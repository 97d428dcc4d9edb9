import type { Consequence } from '../../model/consequence.ts'
import type { Address, StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { Execution, Question } from '../ports.ts'
import { isSettled } from '../state/run-state.ts'
import type { Turn } from '../turn/turn.ts'
import type { Asked } from './settle.ts'
import { viewOf } from './task.ts'
import type { RunValues } from './values.ts'

/** What is to be asked about an e-mail, a request or a program. */
interface Letter extends Pick<Asked, 'revision' | 'correlation'> {
  readonly step: StepId
  readonly question: Question
}

/** A consequence, and what is yet to be asked about it. */
export interface Foreseen {
  readonly consequence: Consequence
  readonly letters: readonly Letter[]
}

/** How many recipients are named. */
const named = 3

/** E-mails, requests and programs that have all that they are made from, as the turn leaves the run. */
export function lettersOf({ state, kept }: Turn, values: RunValues, { outside }: Consequence): Foreseen['letters'] {
  const { revision, correlation } = state.record
  const read = (address: Address): Json => {
    const own = kept.get(address)
    return own === undefined ? values.get(state, address) : own
  }
  const next = outside.filter(({ kind, phase, step }) => {
    const isWritten = state.manifest(step).needs.every((need) => isSettled(state.step(need)))
    return (kind === 'email' || kind === 'http' || kind === 'shell') && phase === 'run' && isWritten && !isSettled(state.step(step))
  })
  return next.map(({ step }) => {
    const question = { type: 'address', step, view: viewOf(state, step, read) } as const
    return { step, revision, correlation, question }
  })
}

/** Says whom the e-mails go to, where the requests go, and what the programs are. One that cannot be made yet says nothing. @throws Unavailable */
export async function withRecipients(execution: Execution, { consequence, letters }: Foreseen): Promise<Consequence> {
  const known = new Map<StepId, string>()
  const ask = async ({ step, revision, correlation, question }: Letter): Promise<void> => {
    const answer = await execution.ask(revision, correlation, question)
    if (answer.type === 'addressed') known.set(step, inWords(answer.recipients))
  }
  await Promise.all(letters.map(ask))
  const outside = consequence.outside.map((each) => {
    const summary = each.phase === 'run' ? (known.get(each.step) ?? null) : null
    return { ...each, summary }
  })
  return { ...consequence, outside }
}

function inWords(recipients: readonly string[]): string {
  const more = recipients.length - named
  const first = recipients.slice(0, named).join(', ')
  return more > 0 ? `${first} and ${more} more` : first
}

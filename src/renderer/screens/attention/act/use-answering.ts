import { useMemo, useState } from 'react'
import type { DecisionView } from '../../../../model/views.ts'
import { type Along, consequenceOf, type Foreseen } from '../consequences/use-consequences.ts'
import type { Editing } from '../edit/use-editing.ts'
import { counted } from '../../../../model/counted.ts'
import { type Answer, answersOf } from './actions.ts'
import type { Offer } from './answer-bar.tsx'
import { carriesEdit, needsConfirming } from './confirming.ts'
import type { Obstacle } from './obstacle.ts'
import { useDeciding } from './use-deciding.ts'

export interface Answering {
  readonly offers: readonly Offer[]
  /** The answer that is being given. */
  readonly busy: string | undefined
  readonly obstacle: Obstacle | undefined
  /** The answer that somebody is at, or was last: the first one before that. */
  readonly lookedAt: Offer | undefined
  /** The answer that was pressed and has to be confirmed. */
  readonly asked: Offer | undefined
  readonly look: (action: string) => void
  /** Gives an answer, or has it confirmed first. */
  readonly choose: (action: string) => void
  /** Gives it at once. */
  readonly answer: (action: string, note: string) => void
  /** What was asked for a second time is not given. */
  readonly letGo: () => void
}

/** The way of an answer to a decision: it is looked at, chosen, confirmed where it has to be, and given with what goes along. */
export function useAnswering(view: DecisionView, along: Along, editing: Editing | undefined, foreseen: Foreseen, onDone: () => void): Answering {
  const { decision } = view
  const [looked, look] = useState<string>()
  const [asked, ask] = useState<string>()
  const { give, busy, obstacle } = useDeciding(view, onDone)
  const answers = useMemo(() => answersOf(decision), [decision])
  const isBusy = busy !== undefined

  const offers = answers.map((answer) => {
    const goesOn = carriesEdit(answer.role, consequenceOf(foreseen, answer.name))
    return offerOf(answer, editing?.goesWith(answer.name, goesOn) === true ? editing : undefined, isBusy)
  })
  const offer = (action: string | undefined): Offer | undefined => offers.find(({ name }) => name === action)

  const answer = (action: string, note: string): void => {
    const given = offer(action)
    if (given === undefined || isBusy) return
    ask(undefined)
    give({ action, note, edit: given.carriesEdit ? along.edit : undefined, checkpoint: action === 'restore' ? along.checkpoint : null })
  }
  const choose = (action: string): void => {
    look(action)
    if (needsConfirming(decision.kind, consequenceOf(foreseen, action))) ask(action)
    else answer(action, along.note)
  }
  return { offers, busy, obstacle, lookedAt: offer(asked ?? looked) ?? offers[0], asked: offer(asked), look, choose, answer, letGo: () => ask(undefined) }
}

/** `carried` is what goes along with it. */
function offerOf(answer: Answer, carried: Editing | undefined, isBusy: boolean): Offer {
  const changes = carried?.edited.state === 'good' && !carried.isOutput ? ` with ${counted(carried.edited.changes, 'edit')}` : ''
  return {
    ...answer,
    words: `${answer.label}${changes}`,
    carriesEdit: carried !== undefined,
    fault: carried?.fault,
    unavailable: carried?.fault ?? (isBusy ? 'an answer is being given' : undefined),
  }
}

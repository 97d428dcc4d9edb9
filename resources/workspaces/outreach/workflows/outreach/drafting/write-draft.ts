/**
 * Communications: writes the letter, and writes it anew when it comes back.
 *
 * What a new draft does otherwise, in this order: it keeps a text that a person has changed; it takes over Finalise's
 * corrections and splits hard sentences in the key points; it goes over to plain phrases where clarity or style was
 * below what the route asks for, and ties the points together where coherence was; it follows a person's notes.
 * Given the same history it writes the same letter.
 */
import type { Draft } from '../draft.ts'
import type { Final } from '../final.ts'
import { bodyOf, letterMade } from '../letter.ts'
import { type Assignment, compose, type Plan } from './compose.ts'
import { type Directions, directionsOf } from './directions.ts'
import { asSentence, reworded } from './points.ts'

export interface History {
  /** The round before, where there was one. */
  readonly last: { readonly draft: Draft; readonly final: Final } | undefined
  /** Every note of a person so far, oldest first. */
  readonly notes: readonly string[]
}

export function writeDraft(assignment: Assignment, { last, notes }: History): Draft {
  const directions = directionsOf(notes)
  if (last === undefined) return compose(assignment, firstPlan(assignment, directions))
  const { draft, final } = last
  const changedByPerson = final.body !== letterMade(draft, final)
  if (changedByPerson || draft.source === 'person') return keepPersonsText(draft, final, directions)
  return compose(assignment, nextPlan(assignment, draft, final, directions))
}

function firstPlan({ input, route }: Assignment, { tone }: Directions): Plan {
  const points = input.keyPoints.map(asSentence)
  return { points, tone: tone ?? route.tone, wording: 'full', linked: false, shorter: false, changes: [], open: [] }
}

function nextPlan({ input, route }: Assignment, draft: Draft, final: Final, directions: Directions): Plan {
  const carried = draft.points.map((point) => reworded(point, final))
  const additions = directions.additions.slice(draft.points.length - input.keyPoints.length)
  const unclear = final.below.includes('clarity') || final.below.includes('style')
  const loose = final.below.includes('coherence')
  const plan = {
    points: [...carried, ...additions.map(asSentence)],
    tone: directions.tone ?? route.tone,
    wording: draft.wording === 'plain' || unclear || directions.plain || directions.shorter ? 'plain' : 'full',
    linked: draft.linked || loose,
    shorter: directions.shorter,
    open: directions.open,
  } as const
  const reworked = draft.points.filter(({ text }, index) => asSentence(text) !== carried[index]).length
  const changes = [
    reworked > 0 ? `${reworked} of ${draft.points.length} key points worded anew, as the reviewers suggest` : '',
    plan.wording === draft.wording ? '' : 'plain phrases around the key points',
    plan.linked === draft.linked ? '' : 'connectives between the key points, and an end that takes up the subject',
    plan.tone === draft.tone ? '' : `a ${plan.tone} tone, as a person asks`,
    additions.length > 0 ? `${additions.length} sentences added, as a person asks` : '',
  ]
  return { ...plan, changes: changes.filter((change) => change !== '') }
}

/** The text as a person left it, and what their notes add to it. */
function keepPersonsText(draft: Draft, { body: letter }: Final, { additions, open }: Directions): Draft {
  const body = bodyOf(letter, draft)
  const missing = additions.map(asSentence).filter((sentence) => !body.includes(sentence))
  return {
    ...draft,
    source: 'person',
    greeting: letter.startsWith(draft.greeting) ? draft.greeting : '',
    signOff: letter.endsWith(draft.signOff) ? draft.signOff : '',
    body: [body, ...missing].join('\n\n'),
    points: [],
    changes: ['the text stands as a person wrote it', ...missing.map((sentence) => `added: ${sentence}`)],
    open: [...open],
  }
}

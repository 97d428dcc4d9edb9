/** The workflow's functions called in its order, in this process, without an engine. */
import { readFileSync } from 'node:fs'
import { type Context, enrich, vocabularyOf } from './context.ts'
import type { Draft } from './draft.ts'
import { type History, writeDraft } from './drafting/write-draft.ts'
import type { Final } from './final.ts'
import { finalise, needsAnotherDraft } from './finalise.ts'
import { Input } from './input.ts'
import { reviewClarity } from './reviewers/clarity.ts'
import { reviewCoherence } from './reviewers/coherence.ts'
import { reviewGrammar } from './reviewers/grammar.ts'
import { reviewStyle } from './reviewers/style.ts'
import { type Route, routeTask } from './route.ts'

/** How often Finalise may send the run back, as outreach.ts has it. */
const maxReturns = 3

export interface Round {
  readonly draft: Draft
  readonly final: Final
}

export const context: Context = enrich({})

/** An input that is shipped with the workspace. */
export function shippedInput(name: string): Input {
  return Input.parse(JSON.parse(readFileSync(new URL(`../../inputs/${name}.json`, import.meta.url), 'utf8')))
}

/** A plain input, with what a test is about. */
export function inputOf(given: Partial<Input> = {}): Input {
  return Input.parse({
    task: 'follow-up',
    audience: 'partner',
    recipient: { name: 'Ana Lima', email: 'ana.lima@example.com' },
    sender: { name: 'Jo Reed', email: 'jo.reed@northwind.example' },
    subject: 'the pilot in March',
    keyPoints: ['the pilot starts on 2 March', 'the pilot is free'],
    ...given,
  })
}

export function draftOf(given: Partial<Input> = {}, history: History = { last: undefined, notes: [] }): Draft {
  const input = inputOf(given)
  return writeDraft({ input, context, route: routeTask(input) }, history)
}

export async function review(draft: Draft, input: Input, route: Route): Promise<Final> {
  const vocabulary = vocabularyOf(context, input)
  return finalise(draft, route, {
    grammar: await reviewGrammar(draft.body, { locale: context.locale, vocabulary }),
    style: reviewStyle(draft.body, { tone: draft.tone, vocabulary }),
    clarity: reviewClarity(draft.body, route),
    coherence: reviewCoherence(draft.body, input),
  })
}

/** The rounds until Finalise lets the letter go to a person. */
export async function walk(input: Input, notes: readonly string[] = [], last?: Round): Promise<readonly Round[]> {
  const route = routeTask(input)
  const rounds: Round[] = []
  for (;;) {
    const draft = writeDraft({ input, context, route }, { last: rounds.at(-1) ?? last, notes })
    const final = await review(draft, input, route)
    rounds.push({ draft, final })
    if (rounds.length > maxReturns || !needsAnotherDraft(final, draft)) return rounds
  }
}

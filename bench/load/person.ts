import { z } from 'zod'
import type { Client } from '../../src/client/client.ts'
import type { DecisionId, RunId } from '../../src/model/ids.ts'
import type { Dice } from '../../test/simulation/dice.ts'

export interface Person {
  /** How often each answer was given. */
  readonly answers: ReadonlyMap<string, number>
  /** Answers that were not taken, and why. */
  readonly refusals: readonly string[]
  stop(): Promise<void>
}

/**
 * Answers every question as a person does who reads it first: most letters are approved as they are, some with a changed
 * text, and now and then one is sent back once, with a note.
 */
export function answerQuestions(client: Client, dice: Dice): Person {
  const answers = new Map<string, number>()
  const stopped = new AbortController()
  const revised = new Set<RunId>()
  const refusals: string[] = []
  const under = new Set<Promise<void>>()

  const answer = async (run: RunId, decision: DecisionId): Promise<void> => {
    const { decision: asked, editable, runVersion: seen } = await client.api.decisions.get({ run, decision })
    const chance = dice.int(1, 100)
    const revises = chance <= 5 && !revised.has(run) && asked.actions.some(({ name }) => name === 'revise')
    const edits = !revises && chance <= 20 && asked.edits !== null
    if (revises) revised.add(run)
    const what = revises ? { action: 'revise', note: 'shorter' } : { action: asked.actions[0]?.name ?? 'approve', note: null }
    const edit = edits ? { edit: `${z.string().parse(editable)}\n\nP.S. Thank you for your time.` } : {}
    await client.api.decisions.decide({ run, decision, seen, ...what, ...edit })
    const named = edits ? `${what.action} with an edit` : what.action
    answers.set(named, (answers.get(named) ?? 0) + 1)
  }
  const begin = (run: RunId, decision: DecisionId): void => {
    const answering = answer(run, decision)
      .catch((error: unknown) => void refusals.push(`run ${run}: ${String(error)}`))
      .finally(() => under.delete(answering))
    under.add(answering)
  }
  const follow = async (): Promise<void> => {
    for await (const item of client.watchJournal({ after: 0, signal: stopped.signal })) {
      if (item.type !== 'entry' || item.entry.run === null) continue
      for (const event of item.entry.events) if (event.type === 'decision_opened') begin(item.entry.run, event.decision.id)
    }
  }
  const following = follow()
  return {
    answers,
    refusals,
    async stop() {
      stopped.abort()
      await following
      await Promise.all(under)
    },
  }
}

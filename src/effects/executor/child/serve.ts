/**
 * An executor process: does what its host says, and knows nothing beyond it.
 *
 * Invariants:
 * 1. Every task and question is answered once, whatever its code does, as long as the process lives.
 * 2. Code runs in the context of its attempt (`current`), so that what it prints or breaks is known as its doing.
 */
import type { Answer, Question } from '../../../engine/ports.ts'
import type { RevisionHash } from '../../../model/ids.ts'
import type { StepDefinition } from '../../../sdk/definition.ts'
import { type AskMessage, HostBatch, type HostMessage, type StartMessage } from '../protocol.ts'
import { Attempt, current } from './attempt.ts'
import { Bundles } from './bundles.ts'
import type { Channel } from './channel.ts'
import { failuresOf } from './failure.ts'
import { leftovers } from './leftovers.ts'
import type { Outbox } from './outbox.ts'
import { address } from './questions/address.ts'
import { begin } from './questions/begin.ts'
import { migrate } from './questions/migrate.ts'
import { settle } from './questions/settle.ts'
import { vouch } from './questions/vouch.ts'
import { runStep } from './run-step.ts'
import { Views } from './views.ts'

export function serve(channel: Channel, outbox: Outbox): void {
  const bundles = new Bundles()
  const views = new Views()
  const attempts = new Map<number, Attempt>()
  const leftover = leftovers()

  const start = async (order: StartMessage): Promise<void> => {
    const { ticket, revision, work: told, alone } = order
    const work = { ...told, view: views.view(told.view) }
    const attempt = new Attempt(order, work, (message) => outbox.post(message))
    attempts.set(ticket, attempt)
    const result = await current.run(attempt, () => runStep(() => bundles.step(revision, work.step), attempt))
    attempts.delete(ticket)
    attempt.voice.close()
    outbox.post({ type: 'ended', ticket, result, secrets: attempt.secrets, clean: alone && (await leftover.areGone()) })
  }

  const ask = async ({ ticket, revision, question }: AskMessage): Promise<void> => {
    outbox.post({ type: 'answered', ticket, answer: await answerTo(bundles, revision, question) })
  }

  const handle = (message: HostMessage): void => {
    switch (message.type) {
      case 'bundle':
        return bundles.keep(message.revision, message.file, message.text)
      case 'start':
        return void start(message)
      case 'ask':
        return void ask(message)
      case 'stop':
        return attempts.get(message.ticket)?.stop()
      case 'effect':
        return attempts.get(message.ticket)?.effectAnswered(message.granted)
      case 'reach':
        return attempts.get(message.ticket)?.reachAnswered(message.granted)
      case 'ping':
        return outbox.post({ type: 'pong', count: message.count })
    }
  }

  channel.receive((text) => HostBatch.parse(JSON.parse(text)).forEach(handle))
  outbox.post({ type: 'ready' })
}

/** Never throws: what code of the definition throws is a refusal. */
async function answerTo(bundles: Bundles, revision: RevisionHash, question: Question): Promise<Answer> {
  try {
    const find = (id: string): StepDefinition => bundles.step(revision, id)
    switch (question.type) {
      case 'begin':
        return await begin(bundles.definition(revision), question)
      case 'settle':
        return await settle(find, question)
      case 'vouch':
        return await vouch(bundles.definition(revision), find, question)
      case 'migrate':
        return await migrate(bundles.definition(revision), question)
      case 'address':
        return await address(find, question)
    }
  } catch (error) {
    return { type: 'refused', failures: failuresOf(error) }
  }
}

import type { TaskResult } from '../../../../engine/ports.ts'
import type { Failure } from '../../../../model/failure.ts'
import { compose, MessageRefused } from '../../../smtp/compose.ts'
import { deliver } from '../../../smtp/deliver.ts'
import type { Attempt } from '../attempt.ts'
import { complete } from '../complete.ts'
import type { StepOf } from '../step-of.ts'

/** Composes the author's message and hands it over; the effect begins with its first byte. */
export async function runEmail(step: StepOf<'email'>, attempt: Attempt): Promise<TaskResult> {
  const { smtp: settings, signal, work } = attempt
  if (settings === null) return { type: 'failed', failure: noServer(step.id) }
  const message = await step.message(work.view)
  const origin = { idempotencyKey: work.idempotencyKey, correlation: work.correlation }
  try {
    const letter = await compose(message, settings.from, origin)
    const dependency = step.options.dependency ?? `${settings.host}:${settings.port}`
    if (!(await attempt.mayReach(dependency))) return { type: 'held', dependency }
    const delivery = await deliver(letter, { settings, signal, begin: () => attempt.beginEffect() })
    if (delivery.type === 'failed') return delivery
    if (delivery.type === 'in_doubt') return { type: 'cut_off', failure: delivery.failure, own: true }
    const { accepted, rejected, response } = delivery
    if (rejected.length > 0) attempt.voice.log.warn('the server refused some of the recipients', { rejected })
    return await complete({ messageId: letter.messageId, accepted, rejected, response }, step.options, attempt)
  } catch (error) {
    if (error instanceof MessageRefused) return { type: 'failed', failure: error.failure }
    throw error
  }
}

function noServer(step: string): Failure {
  return {
    class: 'permanent',
    name: 'NoMailServer',
    message: `step ${step} sends mail, but this workspace has no SMTP server`,
    path: 'smtp',
    wayOut: 'set smtp in cairn.config.yaml',
  }
}

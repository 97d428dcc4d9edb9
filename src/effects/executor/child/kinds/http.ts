import type { TaskResult } from '../../../../engine/ports.ts'
import type { Dependency } from '../../../../model/breaker.ts'
import type { Failure } from '../../../../model/failure.ts'
import type { Scrub } from '../../../../model/sensitive/scrub.ts'
import type { HttpAnswer } from '../../../../sdk/definition.ts'
import { compose, RequestRefused } from '../../../http/compose.ts'
import { exchange } from '../../../http/exchange.ts'
import { settingsOf } from '../../../http/settings.ts'
import { scrubOf } from '../../../http/shown.ts'
import { discreetFailure } from '../../discretion.ts'
import type { Attempt } from '../attempt.ts'
import { complete } from '../complete.ts'
import { failureOf } from '../failure.ts'
import { asJson } from '../json.ts'
import type { StepOf } from '../step-of.ts'

/** Sends the author's request; where it has an effect, that begins once the connection stands and nothing is sent yet. */
export async function runHttp(step: StepOf<'http'>, attempt: Attempt): Promise<TaskResult> {
  const { work } = attempt
  const settings = settingsOf(step.options)
  const written = await step.request(work.view)
  try {
    const origin = { idempotencyKey: work.idempotencyKey, correlation: work.correlation }
    const request = compose(written, settings, origin)
    const dependency = step.options.dependency ?? hostAndPort(request.url)
    if (!(await attempt.mayReach(dependency))) return { type: 'held', dependency }
    const scrub = scrubOf(request, settings.idempotencyHeader)
    let begun: Promise<void> | undefined
    const outcome = await exchange(request, {
      settings,
      scrub,
      form: step.options.answer,
      signal: attempt.signal,
      begin: () => (begun ??= settings.effect === null ? Promise.resolve() : attempt.beginEffect()),
      now: () => Date.now(),
      say: (message, shown) => attempt.voice.exchange(message, shown),
    })
    if (outcome.type === 'failed') return { type: 'failed', failure: discreetFailure(outcome.failure, scrub) }
    if (outcome.type === 'in_doubt') return unknown(outcome.failure, scrub)
    return await answered(outcome.answer, step, attempt, scrub)
  } catch (error) {
    if (error instanceof RequestRefused) return { type: 'failed', failure: error.failure }
    throw error
  }
}

function hostAndPort({ hostname, port, protocol }: URL): Dependency {
  return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`
}

/** What the receiver did stands, whatever of its answer the step does not take. */
async function answered(answer: HttpAnswer, { options }: StepOf<'http'>, attempt: Attempt, scrub: Scrub | null): Promise<TaskResult> {
  try {
    return await complete(scrub === null ? answer : scrub.json(asJson(answer, 'output')), options, attempt)
  } catch (error) {
    return unknown(failureOf(error), scrub)
  }
}

/** It may have been done: where it is not safe to repeat, a person says so. Elsewhere the step has failed. */
function unknown(failure: Failure, scrub: Scrub | null): TaskResult {
  return { type: 'cut_off', failure: discreetFailure(failure, scrub), own: true }
}

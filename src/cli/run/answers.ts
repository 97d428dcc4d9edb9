import type { StepManifest } from '../../model/manifest.ts'
import { UsageError } from '../trouble.ts'

/** An answer given on the command line: to the decisions of one step, or of any. */
export interface GivenAnswer {
  readonly step: string | null
  readonly action: string
}

const shape = /^(?:([A-Za-z][\w-]*)=)?([^\s=]+)$/

/** `approve`, or `review=revise` for the step named. @throws UsageError */
export function parseAnswer(text: string): GivenAnswer {
  const [, step, action] = shape.exec(text) ?? []
  if (action === undefined) throw new UsageError(`--decide ${text}: write an action, or a step and an action: review=revise`)
  return { step: step ?? null, action }
}

/**
 * An answer that no decision could ever take is a mistake in what was typed.
 * @throws UsageError for a step that is not there
 */
export function assertStepsThere(given: readonly GivenAnswer[], steps: readonly Pick<StepManifest, 'id' | 'kind'>[], workflow: string): void {
  const there = new Set<string>(steps.map(({ id }) => id))
  const missing = given.find(({ step }) => step !== null && !there.has(step))
  if (missing === undefined) return
  const approvals = steps.filter(({ kind }) => kind === 'approval').map(({ id }) => id)
  const asks = approvals.length === 0 ? `its steps are ${[...there].join(', ')}` : `${approvals.join(', ')} ${approvals.length === 1 ? 'asks' : 'ask'} a person`
  throw new UsageError(`--decide ${missing.step}=${missing.action}: ${workflow} has no step ${missing.step}; ${asks}`)
}

/** Answers in the order given: one for a step is used once, one for any step as often as there is something to decide. */
export class GivenAnswers {
  readonly #left: GivenAnswer[]

  constructor(given: readonly GivenAnswer[]) {
    this.#left = [...given]
  }

  /** The answer to a decision of this step, or undefined where none was given. */
  next(step: string): string | undefined {
    const index = this.#left.findIndex((answer) => answer.step === step)
    if (index >= 0) return this.#left.splice(index, 1)[0]?.action
    return this.#left.find((answer) => answer.step === null)?.action
  }
}

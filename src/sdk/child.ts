/** A workflow as what another one calls. */
import { z } from 'zod'
import { ShellOutput } from '../model/program.ts'
import type { StepDefinition } from './definition.ts'

/**
 * What a run of these steps comes to: what the last of them put out, by their ids. Where a step does not say what that is, it is
 * anything; what is sensitive in it stays marked.
 */
export function resultSchema(steps: readonly StepDefinition[]): z.ZodType {
  const needed = new Set(steps.flatMap(({ options }) => options.needs ?? []))
  const last = steps.filter(({ id, options }) => !needed.has(id) && options.onlyAsFallback !== true)
  return z.object(Object.fromEntries(last.map((step) => [step.id, outputOf(step).optional()])))
}

function outputOf({ kind, options }: StepDefinition): z.ZodType {
  if (kind === 'shell') return ShellOutput.meta({ sensitive: options.sensitive === true })
  return ('output' in options ? options.output : undefined) ?? z.unknown()
}

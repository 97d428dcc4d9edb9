import type { z } from 'zod'
import { ShellOutput } from '../../../model/program.ts'
import type { StepDefinition } from '../../../sdk/definition.ts'

const hidden = ShellOutput.meta({ sensitive: true })

/** What a step's output is held against, where there is anything: the author's schema, or what its kind puts out. */
export function outputSchemaOf({ kind, options }: StepDefinition): z.ZodType | undefined {
  if (kind === 'shell') return options.sensitive === true ? hidden : ShellOutput
  return 'output' in options ? options.output : undefined
}

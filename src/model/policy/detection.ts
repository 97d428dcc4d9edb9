import { z } from 'zod'
import { LoopRules } from './loop-rules.ts'

/** What is looked for in runs. What a `.describe` says stands in docs/CONFIGURATION.md and in the console. */
export const Detection = z.object({ loops: LoopRules.prefault({}) }).describe('What is taken to be wrong with a run, or with a step.')
export type Detection = z.infer<typeof Detection>

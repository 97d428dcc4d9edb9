import { z } from 'zod'
import type { AnswerForm } from './definition.ts'

/**
 * What an http step puts out, as a schema: what the receiver answers is held against it, and so is what a person gives in its
 * place.
 */
export function answerSchema(form: AnswerForm | undefined): z.ZodType {
  return z.object({ status: z.int(), headers: z.record(z.string(), z.string()), body: bodySchema(form) })
}

function bodySchema(form: AnswerForm | undefined): z.ZodType {
  if (form === undefined || form === 'json') return z.unknown()
  return form === 'text' ? z.string() : form
}

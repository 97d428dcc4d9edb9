import type { z } from 'zod'
import { Json } from '../../model/json.ts'
import { hiddenText } from '../../model/sensitive/hidden.ts'
import { hide } from '../../model/sensitive/hide.ts'
import type { AnswerForm } from '../../sdk/definition.ts'
import { marksOfSchema } from '../executor/child/marked.ts'

/** In the place of a body of which it cannot be told what is sensitive. */
export const undisclosed = '(left out: the schema of the answer marks something as sensitive, and this is not as it says)'

/** The body of an answer as it may be told: without what its schema marks, and nothing of it where it does not fit that. */
export async function disclosed(text: string, form: AnswerForm | undefined): Promise<string> {
  if (text === '' || form === undefined || typeof form === 'string') return text
  const marks = marksOfSchema(form)
  if (marks.length === 0) return text
  const body = await fitting(text, form)
  return body === undefined ? undisclosed : JSON.stringify(hide(marks, body, () => hiddenText))
}

async function fitting(text: string, form: z.ZodType): Promise<Json | undefined> {
  try {
    const body = Json.parse(JSON.parse(text))
    return (await form.safeParseAsync(body)).success ? body : undefined
  } catch {
    return undefined
  }
}

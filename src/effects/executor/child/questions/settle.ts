import type { Answer, Question } from '../../../../engine/ports.ts'
import type { Json } from '../../../../model/json.ts'
import type { StepDefinition } from '../../../../sdk/definition.ts'
import { target } from '../complete.ts'
import { textsMarked } from '../marked.ts'
import { outputSchemaOf } from '../output-schema.ts'
import { withheld } from '../withheld.ts'
import { replaceAt } from './replace-at.ts'
import { givenOutput } from './vouch.ts'

type Settle = Extract<Question, { type: 'settle' }>

/** What follows from a person's answer: the edited output, the approval's own output, and where the run goes next. */
export async function settle(find: (id: string) => StepDefinition, question: Settle): Promise<Answer> {
  const { view, answer, iteration } = question
  const step = find(question.step)
  if (step.kind !== 'approval') throw new TypeError(`step ${step.id} is no approval: nobody can decide it`)
  const { edits, next } = step.options
  const edited = answer.edit === null ? null : await edit(find, edits, question, answer.edit)
  const output = { action: answer.action, note: answer.note, by: answer.by.name }
  const outputs = edited === null ? view.outputs : { ...view.outputs, [edited.step]: edited.output }
  try {
    const chosen = await next?.choose({ ...view, outputs, ...output, iteration })
    return { type: 'settled', output, next: target(chosen, next?.to), edited: edited?.output ?? null }
  } catch (error) {
    throw withheld(error, edited === null ? [] : textsMarked(outputSchemaOf(find(edited.step)), edited.output))
  }
}

async function edit(
  find: (id: string) => StepDefinition,
  edits: string | undefined,
  { view, step, speaker }: Settle,
  value: Json,
): Promise<{ step: string; output: Json }> {
  const [id, ...path] = edits?.split('.') ?? []
  const before = id === undefined ? undefined : view.outputs[id]
  if (id === undefined || before === undefined) throw new TypeError(`step ${step} lets nobody edit ${edits ?? 'anything'}`)
  const output = replaceAt(before, path, value, id)
  return { step: id, output: await givenOutput(find, { step: id, speaker, output, before }) }
}

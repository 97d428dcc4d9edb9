import { stringify } from 'yaml'
import type { DecisionView } from '../../model/views.ts'
import type { Context } from '../context.ts'
import { editInEditor } from '../edit.ts'
import { plain } from '../paint.ts'
import { UsageError } from '../trouble.ts'
import type { Answered } from './follow.ts'
import { inWords } from './in-words.ts'

/** Shows a decision and asks for an answer; undefined where nobody answers. */
export async function askDecision({ terminal, paint }: Context, view: DecisionView): Promise<Answered | undefined> {
  const { decision, shown } = view
  terminal.out('')
  terminal.out(paint('strong', `${decision.step} asks for a decision`))
  if (decision.failure !== null) terminal.out(paint('attention', plain(decision.failure.message)))
  if (decision.failure?.wayOut !== undefined) terminal.out(plain(decision.failure.wayOut))
  if (decision.recommended !== null) terminal.out(`recommended: ${decision.recommended.action}, ${plain(decision.recommended.why)}`)
  if (shown !== null) terminal.out(plain(stringify(inWords(shown), { lineWidth: 0 })).trimEnd())

  const actions = decision.actions.map(({ name }) => name)
  const first = decision.actions.find(({ role }) => role === 'primary')?.name
  const choices = decision.edits === null ? actions : [...actions, 'edit']
  for (;;) {
    const answer = await terminal.ask(`${choices.join(' / ')}${first === undefined ? '' : ` [${first}]`}: `)
    if (answer === undefined) return undefined
    const chosen = answer.trim() === '' ? first : choices.find((choice) => choice === answer.trim())
    if (chosen === undefined) terminal.out(`${plain(answer)} is none of ${choices.join(', ')}`)
    else return complete(chosen)
  }

  async function complete(chosen: string): Promise<Answered | undefined> {
    const vouches = decision.kind !== 'approval' && decision.phase === 'run' && chosen === 'happened'
    const edits = chosen === 'edit' && !actions.includes('edit')
    const edit = edits || vouches ? await editInEditor(terminal, edits ? view.editable : {}) : null
    const action = edits ? first : chosen
    if (action === undefined) throw new UsageError('this decision has no primary action to go with an edit')
    const note = await terminal.ask('note (may be empty): ')
    return { action, note: note === undefined || note.trim() === '' ? null : note, edit, typed: true }
  }
}

import type { Json } from '../../model/json.ts'
import type { DecisionView } from '../../model/views.ts'
import type { Context } from '../context.ts'
import { readEdit } from '../edit.ts'
import { readGiven } from '../given-file.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { consequenceLines } from '../run/consequence-lines.ts'
import { settle } from '../run/settle.ts'
import { acting } from '../session.ts'
import { runStatus } from '../status.ts'
import { UsageError } from '../trouble.ts'

export interface DecideOptions {
  readonly decision?: string
  readonly edit?: string
  readonly note?: string
  /** Where `restore` goes back to. */
  readonly checkpoint?: number
  /** Only say what each answer would lead to. */
  readonly preview?: boolean
}

/** Answers a pending decision of a run. */
export async function decide(context: Context, text: string, action: string, options: DecideOptions): Promise<number> {
  return acting(context, async (session) => {
    const { api } = session.client
    const run = await findRun(api, text)
    const { decisions } = await api.decisions.list({ run })
    const pending = decisions.filter(({ decision }) => decision.status === 'pending')
    const view = meant(pending, text, options.decision)
    const { decision, runVersion: seen } = view
    const given = {
      ...(options.note === undefined ? {} : { note: options.note }),
      ...(options.edit === undefined ? {} : { edit: await readEditFile(context, view, options.edit) }),
      ...(options.checkpoint === undefined ? {} : { checkpoint: options.checkpoint }),
    }
    if (options.preview === true) {
      const { actions } = await api.decisions.consequences({ run, decision: decision.id, ...given })
      const told = actions.find((each) => each.action === action)
      if (told === undefined) throw new UsageError(`${action} is no answer to ${decision.step}: use one of ${actions.map((each) => each.action).join(', ')}`)
      return print(context, told, () => consequenceLines(context.paint, told))
    }
    const decided = await api.decisions.decide({ run, decision: decision.id, seen, action, ...given })
    const record = await settle(session, decided)
    const status = runStatus(context.paint, record.status, record.waiting)
    return print(context, record, () => [`${decision.step}: ${action}, run ${status}`])
  })
}

/** The decision of that id, of that step, or the only one there is. @throws UsageError */
function meant(pending: readonly DecisionView[], run: string, named: string | undefined): DecisionView {
  const [only, another] = pending.filter(
    ({ decision }) => named === undefined || decision.id === named.toUpperCase() || decision.step === named,
  )
  if (only === undefined) {
    throw new UsageError(
      named === undefined ? `run ${run} waits for no decision` : `run ${run} has no pending decision ${named}`,
    )
  }
  if (another !== undefined) {
    const names = pending.map(({ decision }) => `${decision.step} (${decision.id})`).join(', ')
    throw new UsageError(`run ${run} waits for several decisions: name one of ${names} with --decision`)
  }
  return only
}

/** A text where a text is edited, JSON otherwise. @throws UsageError */
async function readEditFile({ terminal }: Context, { decision, editable }: DecisionView, file: string): Promise<Json> {
  return readEdit(await readGiven(terminal, file), decision.edits !== null && typeof editable === 'string', file)
}

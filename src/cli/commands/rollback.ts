import { reachesOut } from '../../model/child-ahead.ts'
import type { RollbackPreview } from '../../model/rollback.ts'
import type { Context } from '../context.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { rollbackLines } from '../run/rollback-lines.ts'
import { settle } from '../run/settle.ts'
import { acting } from '../session.ts'
import { runStatus } from '../status.ts'
import { UsageError } from '../trouble.ts'

export interface RollbackOptions {
  readonly reason?: string
  /** Nobody is asked. */
  readonly yes?: boolean
  /** Only says what it would lead to. */
  readonly preview?: boolean
}

/** Rolls a run back to a savepoint that it has passed, and says beforehand what that leads to. It goes on from there. */
export async function rollback(context: Context, text: string, savepoint: string, { reason, yes = false, preview = false }: RollbackOptions): Promise<number> {
  return acting(context, async (session) => {
    const { api } = session.client
    const run = await findRun(api, text)
    const told = await api.runs.previewRollback({ run, savepoint })
    if (preview) return print(context, told, () => rollbackLines(context.paint, told))
    if (!context.json) for (const line of rollbackLines(context.paint, told)) context.terminal.out(line)
    if (!yes) await confirm(context, told)
    const sent = await api.runs.rollback({ run, savepoint, seen: told.version, ...(reason === undefined ? {} : { reason }) })
    const record = await settle(session, sent)
    return print(context, record, () => [`${run}  back to ${savepoint}  ${runStatus(context.paint, record.status, record.waiting)}`])
  })
}

/** What is undone, and what touches the outside world again, cannot be taken back. @throws UsageError unless somebody says yes */
async function confirm({ terminal, json }: Context, { savepoint: { name }, compensates, outside, children, back }: RollbackPreview): Promise<void> {
  const below = [...children, ...back.children].filter(reachesOut).map(({ path }) => path.join(' > '))
  if (compensates.length === 0 && outside.length === 0 && back.outside.length === 0 && below.length === 0) return
  const steps = [...new Set([...[...compensates, ...back.outside].map(({ step }) => step), ...below])].join(', ')
  if (json || !terminal.asks) throw new UsageError(`this undoes, or touches the outside world (${steps}): --yes rolls back all the same`)
  const answer = await terminal.ask(`roll back to ${name}? [y/N] `)
  if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw new UsageError('nothing was changed')
}

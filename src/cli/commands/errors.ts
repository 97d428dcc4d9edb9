import { z } from 'zod'
import { counted, times } from '../../model/counted.ts'
import type { ErrorGroups } from '../../model/error-query.ts'
import type { ErrorGroup } from '../../model/error-record.ts'
import { FailureClass } from '../../model/failure.ts'
import { WorkflowName } from '../../model/ids.ts'
import { ErrorStatus } from '../../model/status.ts'
import type { Context } from '../context.ts'
import { looking } from '../looking.ts'
import { plain, type Paint } from '../paint.ts'
import { print, table } from '../print.ts'
import { findRun } from '../run-id.ts'
import { acting } from '../session.ts'
import { tellDamaged } from '../run/tell-damaged.ts'
import { errorLines } from '../run/error-lines.ts'
import { moment } from '../times.ts'
import { UsageError } from '../trouble.ts'

const day = 86_400_000
/** Of which the last words of attempts are taken. */
const mostSignals = 1_000

interface Options {
  readonly days: number
  readonly limit: number
  readonly class?: string | undefined
  readonly workflow?: string | undefined
  readonly status?: string | undefined
  /** What the run has recovered by itself counts no more. */
  readonly reset?: boolean | undefined
  readonly reason?: string | undefined
}

/** What went wrong in a run and what was done about each; over all runs of the last days, like errors together. */
export async function errors(context: Context, text: string | undefined, options: Options): Promise<number> {
  return (options.reset === true ? acting : looking)(context, async ({ client: { api } }) => {
    if (text === undefined) {
      if (options.reset === true) throw new UsageError('name the run that is to recover anew: cairn errors RUN --reset')
      const found = await api.errorRecords.groups(queryOf(options))
      tellDamaged(context, found.damaged)
      return print(context, found, () => [...table(context.paint, titles, found.groups, groupRow), ...rest(found), ...ofStore(context.paint, found)])
    }
    const run = await findRun(api, text)
    if (options.reset === true) await api.runs.resetRecoveries({ run, reason: options.reason ?? null })
    const found = await api.errorRecords.ofRun({ run })
    const { steps, record } = await api.runs.get({ run })
    const { signals } = await api.runs.signals({ run, limit: mostSignals })
    return print(context, found, () => [
      ...(found.errors.length === 0 ? ['nothing has gone wrong in it'] : [context.paint('inactive', `correlation ${plain(record.correlation)}`)]),
      ...found.errors.flatMap((error) => errorLines(context.paint, error, { errors: found.errors, steps, signals })),
      ...recovered(context.paint, found.recoveries, options.reset === true),
    ])
  })
}

function recovered(paint: Paint, { made, limit }: { readonly made: number; readonly limit: number }, isReset: boolean): string[] {
  if (made === 0) return isReset ? ['', paint('inactive', `it recovers by itself up to ${times(limit)} from now on`)] : []
  const words = `recovered ${made} of ${counted(limit, 'time')} by itself since a person acted on it`
  return ['', paint(made < limit ? 'inactive' : 'attention', words)]
}

function queryOf({ days, limit, class: of, workflow, status }: Options) {
  return {
    since: Math.max(0, Date.now() - days * day),
    limit: Math.min(limit, 200),
    class: of === undefined ? undefined : named(FailureClass, 'class', of),
    workflow: workflow === undefined ? undefined : named(WorkflowName, 'workflow', workflow),
    status: status === undefined ? undefined : named(ErrorStatus, 'status', status),
  }
}

function named<T>(schema: z.ZodType<T>, what: string, text: string): T {
  const { data, success } = schema.safeParse(text)
  if (success) return data
  const ways = schema instanceof z.ZodEnum ? `: name one of ${schema.options.join(', ')}` : ''
  throw new UsageError(`${text} is no ${what}${ways}`)
}

/** How many there are beyond those that are shown. */
function rest({ groups, total }: ErrorGroups): string[] {
  return groups.length < total.groups ? [`and ${total.groups - groups.length} more; --limit, --class, --workflow, --status and --days choose`] : []
}

/** What a person does about damage of the store itself. */
function ofStore(paint: Paint, { groups }: ErrorGroups): string[] {
  const isOpen = groups.some(({ newest, outcomes }) => newest.run === null && outcomes.waiting > 0)
  return isOpen ? ['', paint('attention', 'the store is damaged: cairn verify says where, and what can be done')] : []
}

const titles = ['count', 'runs', 'workflow', 'step', 'class', 'recovered', 'failed', 'withdrawn', 'open', 'last', 'error']

function groupRow({ count, runs, workflow, step, newest, outcomes, lastAt }: ErrorGroup): string[] {
  const { failure } = newest.error
  const counts = [outcomes.recovered, outcomes.failed, outcomes.withdrawn, outcomes.recovering + outcomes.waiting].map(String)
  return [String(count), String(runs), workflow ?? 'the store', step ?? '', failure.class, ...counts, moment(lastAt), plain(failure.message.split('\n', 1)[0] ?? '')]
}

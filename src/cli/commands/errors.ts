import { z } from 'zod'
import type { ErrorGroups } from '../../model/error-query.ts'
import { type ErrorGroup, type ErrorRecord, followersOf, type Recovery } from '../../model/error-record.ts'
import { FailureClass } from '../../model/failure.ts'
import { WorkflowName } from '../../model/ids.ts'
import { ErrorStatus } from '../../model/status.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Context } from '../context.ts'
import { plain, type Paint } from '../paint.ts'
import { print, table } from '../print.ts'
import { findRun } from '../run-id.ts'
import { reading } from '../session.ts'
import { followsInWords } from '../run/in-words.ts'
import { errorStatus } from '../status.ts'
import { lasting, moment } from '../times.ts'
import { UsageError } from '../trouble.ts'

const day = 86_400_000

interface Options {
  readonly days: number
  readonly limit: number
  readonly class?: string | undefined
  readonly workflow?: string | undefined
  readonly status?: string | undefined
}

/** What went wrong in a run and what was done about each; over all runs of the last days, like errors together. */
export async function errors(context: Context, text: string | undefined, options: Options): Promise<number> {
  return reading(context, async ({ client: { api } }) => {
    if (text === undefined) {
      const found = await api.errorRecords.groups(queryOf(options))
      return print(context, found, () => [...table(context.paint, titles, found.groups, groupRow), ...rest(found)])
    }
    const run = await findRun(api, text)
    const found = await api.errorRecords.ofRun({ run })
    const { steps } = await api.runs.get({ run })
    return print(context, found, () => [
      ...found.errors.flatMap((error) => [...told(context.paint, error, found.errors), ...followers(error, steps)]),
      ...recovered(context.paint, found.recoveries),
    ])
  })
}

function recovered(paint: Paint, { made, limit }: { readonly made: number; readonly limit: number }): string[] {
  if (made === 0) return []
  const words = `recovered ${made} of ${limit} times by itself since a person acted on it`
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

const titles = ['count', 'runs', 'workflow', 'step', 'class', 'recovered', 'failed', 'open', 'last', 'error']

function groupRow({ count, runs, workflow, step, newest, outcomes, lastAt }: ErrorGroup): string[] {
  const { failure } = newest.error
  const counts = [outcomes.recovered, outcomes.failed, outcomes.recovering + outcomes.waiting].map(String)
  return [String(count), String(runs), workflow, step ?? '', failure.class, ...counts, moment(lastAt), plain(failure.message.split('\n', 1)[0] ?? '')]
}

function told(paint: Paint, error: ErrorRecord, all: readonly ErrorRecord[]): string[] {
  const { step, iteration, phase, severity, failure, attempts, causedBy, took, checkpoint, openedAt, recoveries, made } = error
  const where = step === null ? 'the run' : `${phase === 'compensate' ? 'undoing ' : ''}${step}${iteration === 1 ? '' : ` #${iteration}`}`
  const cause = all.find(({ id }) => id === causedBy)
  const tries = attempts === null ? [] : [attempts.first === attempts.last ? `attempt ${attempts.first}` : `attempts ${attempts.first} to ${attempts.last}`]
  const facts = [failure.class, `severity ${severity}`, ...tries, `at checkpoint ${checkpoint}`, moment(openedAt)]
  return [
    `${paint('strong', where)}  ${errorStatus(paint, error.status)}  ${plain(failure.message)}`,
    `  ${paint('inactive', facts.join(', '))}`,
    ...(cause === undefined ? [] : [`  because of ${cause.step ?? 'the run'}`]),
    ...(took.length === 0 ? [] : [`  and because of it not done: ${took.join(', ')}`]),
    ...(made > recoveries.length ? [`  ${made - recoveries.length} earlier recoveries`] : []),
    ...recoveries.map((each) => `  ${recoveryLine(each)}`),
  ]
}

/** What became of the steps that need the one that failed. */
function followers({ step: from, branch, phase }: ErrorRecord, steps: readonly StepRecord[]): string[] {
  if (from === null || phase !== 'run') return []
  return followersOf({ step: from, branch }, steps).map(({ step, follows }) => `  ${step}: ${followsInWords(follows)}`)
}

function recoveryLine({ strategy, why, outcome, beganAt, endedAt, passedOver }: Recovery): string {
  const took = endedAt === null ? '' : ` after ${lasting(endedAt - beganAt)}`
  const before = passedOver.map((each) => `${each.strategy}: ${each.why}`)
  return `→ ${strategy}: ${plain(why)} — ${outcome.replaceAll('_', ' ')}${took}${before.length === 0 ? '' : ` (not ${plain(before.join('; '))})`}`
}

import type { ErrorGroup, ErrorRecord, Recovery } from '../../model/error-record.ts'
import type { Context } from '../context.ts'
import { plain, type Paint } from '../paint.ts'
import { print, table } from '../print.ts'
import { findRun } from '../run-id.ts'
import { reading } from '../session.ts'
import { errorStatus } from '../status.ts'
import { lasting, moment } from '../times.ts'

const day = 86_400_000

/** What went wrong in a run and what was done about each; over all runs of the last days, like errors together. */
export async function errors(context: Context, text: string | undefined, { days }: { readonly days: number }): Promise<number> {
  return reading(context, async ({ client: { api } }) => {
    if (text === undefined) {
      const { groups } = await api.errorRecords.groups({ since: Math.max(0, Date.now() - days * day) })
      return print(context, { groups }, () => table(context.paint, titles, groups, groupRow))
    }
    const found = await api.errorRecords.ofRun({ run: await findRun(api, text) })
    return print(context, found, () => [
      ...found.errors.flatMap((error) => told(context.paint, error, found.errors)),
      ...recovered(context.paint, found.recoveries),
    ])
  })
}

function recovered(paint: Paint, { made, limit }: { readonly made: number; readonly limit: number }): string[] {
  if (made === 0) return []
  const words = `recovered ${made} of ${limit} times by itself since a person acted on it`
  return ['', paint(made < limit ? 'inactive' : 'attention', words)]
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

function recoveryLine({ strategy, why, outcome, beganAt, endedAt, passedOver }: Recovery): string {
  const took = endedAt === null ? '' : ` after ${lasting(endedAt - beganAt)}`
  const before = passedOver.map((each) => `${each.strategy}: ${each.why}`)
  return `→ ${strategy}: ${plain(why)} — ${outcome.replaceAll('_', ' ')}${took}${before.length === 0 ? '' : ` (not ${plain(before.join('; '))})`}`
}

import { bytes } from '../../model/bytes.ts'
import { counted } from '../../model/counted.ts'
import { type Amount, goingInWords, type Retained, type RetentionPlan, type RetentionProgress, type StayingRun, type StayReason } from '../../model/retention.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { plain, type Paint } from '../paint.ts'
import { print, table } from '../print.ts'
import { acting, reading } from '../session.ts'
import { moment } from '../times.ts'
import { UsageError } from '../trouble.ts'

export interface RetentionOptions {
  /** Remove it, rather than only say what would go. */
  readonly apply?: boolean
}

/** Says what the bounds of cairn.config.yaml would remove, and removes it where that is asked. */
export function retention(context: Context, { apply = false }: RetentionOptions): Promise<number> {
  if (!apply) {
    return reading(context, async ({ client: { api } }) => {
      const plan = await api.retention.plan()
      return print(context, plan, () => [...planned(context.paint, plan), ...wayOn(plan)])
    })
  }
  return acting(context, async ({ client: { api } }) => {
    const plan = await api.retention.plan()
    if (!context.json) for (const line of planned(context.paint, plan)) context.terminal.out(line)
    for await (const item of await api.retention.apply({})) {
      if (item.type === 'removed') context.terminal.err(come(item))
      else {
        const { type: _, ...retained } = item
        print(context, retained, () => did(retained))
        return exitCodes.done
      }
    }
    throw new UsageError('the host ended before it had removed all of it: what is left goes another time')
  })
}

function planned(paint: Paint, plan: RetentionPlan): string[] {
  if (!plan.isBounded) {
    return ['Nothing is ever removed: no bound is set. Write retention: with max_runs, max_age, max_size, max_branches or max_checkpoints into cairn.config.yaml: a host that runs takes it at once.']
  }
  const { total, parts, going, staying, stays } = plan
  if (parts.length === 0) return [`Nothing is to go: every run is within the bounds.`, ...stayingLines(paint, staying, stays)]
  return [
    ...table(paint, ['workflow', 'by', ...amountTitles], [...parts, { workflow: 'all', rule: '', amount: total }], ({ workflow, rule, amount }) => [
      workflow,
      rule === '' ? '' : `max_${rule}`,
      ...amountCells(amount),
    ]),
    '',
    `To go: ${goingInWords(total.runs, plan.trimmed)}.`,
    ...(going.length === 0 ? [] : ['']),
    ...table(paint, ['run', 'workflow', 'ended', 'by', 'bytes'], going.slice(0, mostShown), ({ run, workflow, endedAt, rule, bytes: size }) => [
      run,
      workflow,
      moment(endedAt),
      `max_${rule}`,
      bytes(size),
    ]),
    ...(total.runs > mostShown ? [`… and ${total.runs - mostShown} more`] : []),
    ...trimLines(paint, plan),
    ...stayingLines(paint, staying, stays),
  ]
}

/** Runs that stay and of which checkpoints go. */
function trimLines(paint: Paint, { trims, trimmed }: RetentionPlan): string[] {
  if (trims.length === 0) return []
  const runs = new Set([...new Set(trims.map(({ run }) => run))].slice(0, mostShown))
  const shown = trims.filter(({ run }) => runs.has(run))
  return [
    '',
    ...table(paint, ['stays without', 'of the run', 'workflow', 'by', 'bytes'], shown, ({ run, workflow, rule, checkpoints, bytes: size }) => [
      counted(checkpoints, 'checkpoint'),
      run,
      workflow,
      `max_${rule}`,
      bytes(size),
    ]),
    ...(trimmed.runs > runs.size ? [`… and ${trimmed.runs - runs.size} more`] : []),
  ]
}

const mostShown = 20
const amountTitles = ['runs', 'checkpoints', 'values', 'journal entries', 'logs', 'bytes']

function amountCells({ runs, checkpoints, values, entries, signals, bytes: size }: Amount): string[] {
  return [...[runs, checkpoints, values, entries, signals].map(String), bytes(size)]
}

const why = {
  kept: 'a person keeps it',
  damaged: 'damage was found of it: it stays to be looked at',
  replayed: 'a replay of it has not ended',
  child: 'its parent is there, and may have to undo it',
} as const satisfies Record<StayReason, string>

function whyOf({ why: reason, kept }: StayingRun): string {
  if (reason !== 'kept') return why[reason]
  const by = kept === null ? why.kept : plain(`${kept.by.name} keeps it${kept.why === null ? '' : `: ${kept.why}`}`)
  return `${by} (cairn keep --undo lets it go)`
}

function stayingLines(paint: Paint, staying: RetentionPlan['staying'], stays: number): string[] {
  if (stays === 0) return []
  const shown = staying.slice(0, mostShown)
  return [
    '',
    ...table(paint, ['stays all the same', 'workflow', 'ended', 'why'], shown, (run) => [run.run, run.workflow, moment(run.endedAt), whyOf(run)]),
    ...(stays > shown.length ? [`… and ${stays - shown.length} more`] : []),
  ]
}

function wayOn({ isBounded, parts, file, free, givesBack }: RetentionPlan): string[] {
  if (!isBounded) return []
  const until = givesBack ? '' : ', and keeps its size until a host starts next, which gives back to the disk what is unused'
  const size = `The store has ${bytes(file)}, ${bytes(free)} of that unused${until}.`
  if (parts.length > 0) return ['', `Nothing was changed. ${size} To remove it: cairn retention --apply`]
  return givesBack || free === 0 ? [] : ['', size]
}

const keepsItsSize = 'the store keeps its size until the host starts again, which gives the room back to the disk'

function come({ runs, checkpoints, bytes: size, of }: RetentionProgress): string {
  const ofRuns = of.runs === 0 ? '' : `${runs.toLocaleString('en')} of ${counted(of.runs, 'run')}, `
  return `removed ${ofRuns}${checkpoints.toLocaleString('en')} of ${counted(of.checkpoints, 'checkpoint')}, ${bytes(size)} of ${bytes(of.bytes)}`
}

function did({ removed, trimmed, left, untrimmed, returned, givesBack }: Retained): string[] {
  const { runs, checkpoints, bytes: size } = removed
  const all = counted(checkpoints, 'checkpoint')
  const what = trimmed.runs === 0 ? `${counted(runs, 'run')} and ${all}` : `${goingInWords(runs, trimmed)}, ${all} in all`
  const stay = left === 0 ? '' : `; ${counted(left, 'run')} moved meanwhile or could not be removed, and ${left === 1 ? 'stays' : 'stay'}`
  const whole = untrimmed === 0 ? '' : `; of ${counted(untrimmed, 'run')} that ${untrimmed === 1 ? 'stays' : 'stay'} more goes another time`
  return [`removed ${what}, ${bytes(size)}${stay}${whole}; ${givesBack ? `the store is ${bytes(returned)} smaller` : keepsItsSize}`]
}

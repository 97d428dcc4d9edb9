import type { Preview } from '../../model/preview.ts'
import { aligned, type Paint, plain } from '../paint.ts'
import { runStatus } from '../status.ts'
import { lasting, moment } from '../times.ts'

interface Pass {
  readonly step: string
  readonly iteration: number
}

/** What going back leads to, in words; of what there is none, there is no line. */
export function previewLines(paint: Paint, told: Preview): string[] {
  const { checkpoint, parent, leaves, branch, becomes, reused, runs, undone, stops, withdraws } = told
  const certain = runs.filter((next) => next.certain)
  const rest = runs.filter((next) => !next.certain)
  const facts: (readonly [string, readonly string[]])[] = [
    ['reused', reused.length === 0 ? [] : [reused.join(', ')]],
    ['runs again', certain.map(({ step, typical, why }) => [step, usually(typical), why ?? ''].filter(Boolean).join(', '))],
    ['may run', rest.map(({ step, why }) => (why === undefined ? step : `${step}, ${plain(why)}`))],
    ['outside', told.outside.map((each) => outside(paint, each))],
    ['in doubt', told.inDoubt.map((each) => paint('attention', `${named(each)}, begun ${moment(each.since)}: nobody will know whether it happened`))],
    ['undone since', undone.length === 0 ? [] : [undone.join(', ')]],
    ['is stopped', stops.map((each) => `${named(each)}, ${each.phase === 'run' ? 'running' : 'being undone'} since ${moment(each.since)}`)],
    ['is withdrawn', [
      ...withdraws.decisions.map((each) => `the question of ${named(each)}`),
      ...withdraws.timers.map((each) => `the timer of ${named(each)}, due ${moment(each.until)}`),
    ]],
  ]
  const rows = facts.flatMap(([name, lines]) => lines.map((line, at) => [`  ${paint('inactive', at === 0 ? name : '')}`, line]))
  const from = parent === leaves ? '' : ` of branch ${parent}`
  return [
    `back to checkpoint ${checkpoint}${from}; the run leaves branch ${leaves} for a new one, ${branch}, and is ${runStatus(paint, becomes, null)}`,
    ...aligned(rows),
  ]
}

function outside(paint: Paint, { step, key, certain, repeat, before }: Preview['outside'][number]): string {
  const how = certain ? 'touches the outside world' : 'may touch the outside world'
  const again = before === null ? '' : `, and did so ${moment(before)}`
  const safe = repeat === 'safe' ? ', whose receiver honours the key' : ''
  return paint('attention', `${step} ${how}${again}, under ${key}${safe}`)
}

function usually(typical: number | null): string {
  return typical === null ? '' : `usually ${lasting(typical)}`
}

function named({ step, iteration }: Pass): string {
  return iteration === 1 ? step : `${step} #${iteration}`
}

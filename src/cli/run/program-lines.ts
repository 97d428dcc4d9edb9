import type { Signal } from '../../model/log.ts'
import type { StepRecord } from '../../model/step.ts'
import type { Paint } from '../paint.ts'
import { signalLine } from './lines.ts'

/** How much of what a program printed is told of one that came to no good end, in lines. */
const told = 10

/** What the newest attempt of a step ran or asked, how that ended, and where it is of use the last that it printed; oldest first. */
export function programLines(paint: Paint, { status }: Pick<StepRecord, 'status'>, signals: readonly Signal[]): string[] {
  const logs = signals.filter((signal) => signal.type === 'log')
  const newest = Math.max(...logs.map(({ attempt }) => attempt))
  const of = logs.filter(({ attempt, program, exchange }) => attempt === newest && (program ?? exchange) !== undefined)
  const printed = of.filter(({ program }) => program === 'stdout' || program === 'stderr')
  const shown = new Set(status === 'completed' ? [] : printed.slice(-told))
  return of.filter((log) => shown.has(log) || !printed.includes(log)).flatMap((log) => signalLine(log, paint) ?? [])
}

import type { Terminal } from '../../host/terminal.ts'
import type { Instant } from '../../model/ids.ts'
import { aligned, plain, type Paint } from '../paint.ts'
import { runStatus, stepStatus } from '../status.ts'
import { lasting } from '../times.ts'
import type { RunView, StepView } from './run-view.ts'

/** What is longer than the terminal is wide is cut off there, so that a line stays one. */
const wrapping = { off: '\x1b[?7l', on: '\x1b[?7h' }

/** A run's steps at the foot of the terminal, drawn over as they change; what is said goes above. */
export class LiveBlock {
  readonly #terminal: Terminal
  readonly #paint: Paint
  readonly #title: string
  #drawn = 0

  constructor(terminal: Terminal, paint: Paint, title: string) {
    this.#terminal = terminal
    this.#paint = paint
    this.#title = title
  }

  draw(view: RunView, now: Instant): void {
    const steps = this.#fitting(view.steps)
    const left = view.steps.length - steps.length
    const lines = [
      `${this.#title}  ${runStatus(this.#paint, view.status, view.waiting)}`,
      ...aligned(steps.map((step) => this.#row(step, now))),
      ...(left === 0 ? [] : [this.#paint('inactive', `  … and ${left} more`)]),
    ]
    this.lift()
    this.#terminal.out(wrapping.off + lines.join('\n') + wrapping.on)
    this.#drawn = lines.length
  }

  /** Takes the block away, for something else to be printed. */
  lift(): void {
    this.#terminal.rewind(this.#drawn)
    this.#drawn = 0
  }

  /** Leaves what is drawn where it is. */
  leave(): void {
    this.#drawn = 0
  }

  /** All steps, or as many as there is room for: what is under way before what is over or not yet begun. */
  #fitting(steps: readonly StepView[]): readonly StepView[] {
    const room = Math.max(1, this.#terminal.rows - 4)
    if (steps.length <= room) return steps
    const chosen = new Set([...steps.filter(isUnderWay), ...steps].slice(0, room))
    return steps.filter((step) => chosen.has(step))
  }

  #row({ id, iteration, status, waiting, attempt, note, startedAt, endedAt }: StepView, now: Instant): string[] {
    const name = iteration === 1 ? id : `${id} #${iteration}`
    const time = startedAt === null ? '' : lasting(Math.max(0, (endedAt ?? now) - startedAt))
    const tries = attempt > 1 ? `attempt ${attempt}` : ''
    const said = [tries, plain(note).replaceAll(/\s+/g, ' ')].filter((part) => part !== '').join(', ')
    return [
      `  ${name}`,
      stepStatus(this.#paint, status, waiting),
      this.#paint('inactive', time),
      this.#paint('inactive', said),
    ]
  }
}

function isUnderWay({ status }: StepView): boolean {
  return status !== 'pending' && status !== 'completed' && status !== 'skipped'
}

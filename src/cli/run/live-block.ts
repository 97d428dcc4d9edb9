import type { Instant } from '../../model/ids.ts'
import { aligned, plain, type Paint } from '../paint.ts'
import { runStatus, stepStatus } from '../status.ts'
import type { Terminal } from '../../host/terminal.ts'
import { lasting } from '../times.ts'
import type { RunView, StepView } from './run-view.ts'

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
    const rows = view.steps.map((step) => this.#row(step, now))
    const lines = [`${this.#title}  ${runStatus(this.#paint, view.status, view.waiting)}`, ...aligned(rows)]
    this.lift()
    for (const line of lines) this.#terminal.out(line)
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

  #row({ id, iteration, status, waiting, attempt, note, startedAt, endedAt }: StepView, now: Instant): string[] {
    const name = iteration === 1 ? id : `${id} #${iteration}`
    const time = startedAt === null ? '' : lasting(Math.max(0, (endedAt ?? now) - startedAt))
    const tries = attempt > 1 ? `attempt ${attempt}` : ''
    const said = [tries, plain(note).replaceAll(/\s+/g, ' ')].filter((part) => part !== '').join(', ')
    const room = Math.max(10, this.#terminal.columns - 60)
    const shown = said.length > room ? `${said.slice(0, room - 1)}…` : said
    return [
      `  ${name}`,
      stepStatus(this.#paint, status, waiting),
      this.#paint('inactive', time),
      this.#paint('inactive', shown),
    ]
  }
}

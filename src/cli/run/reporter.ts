/** The three ways in which a run is shown while it goes on: a live block, plain lines, or data. */
import type { RunStreamItem } from '../../contract/streams.ts'
import { counted } from '../../model/counted.ts'
import type { Context } from '../context.ts'
import type { Paint } from '../paint.ts'
import { eventLine, signalLine } from './lines.ts'
import { LiveBlock } from './live-block.ts'
import type { RunView } from './run-view.ts'

export interface Reporter {
  heard(item: RunStreamItem, view: RunView): void
  /** Makes room for a question. */
  yieldTerminal(): void
  end(): void
}

/** How often a live block counts the seconds on, in milliseconds. */
const tick = 1_000

export function createReporter(context: Context, title: string): Reporter {
  if (context.json) return jsonReporter(context)
  return context.terminal.live ? liveReporter(context, title) : lineReporter(context)
}

function jsonReporter({ terminal }: Context): Reporter {
  return { heard: (item) => terminal.out(JSON.stringify(item)), yieldTerminal: () => {}, end: () => {} }
}

function lineReporter({ terminal, paint }: Context): Reporter {
  return {
    heard(item) {
      print(saidLine(item, paint))
      if (item.type !== 'entry' || item.entry.run === null) return
      for (const event of item.entry.events) print(eventLine(event, paint))
    },
    yieldTerminal: () => {},
    end: () => {},
  }

  function print(line: string | undefined): void {
    if (line !== undefined) terminal.out(line)
  }
}

function liveReporter({ terminal, paint }: Context, title: string): Reporter {
  const block = new LiveBlock(terminal, paint, title)
  let shown: RunView | undefined
  const timer = setInterval(() => {
    if (shown !== undefined) block.draw(shown, Date.now())
  }, tick)

  return {
    heard(item, view) {
      shown = view
      const line = saidLine(item, paint)
      if (line !== undefined) {
        block.lift()
        terminal.out(line)
      }
      block.draw(view, Date.now())
    },
    yieldTerminal() {
      shown = undefined
      block.leave()
    },
    end() {
      clearInterval(timer)
    },
  }
}

/** What a step said, where an item tells of that. */
function saidLine(item: RunStreamItem, paint: Paint): string | undefined {
  if (item.type === 'missed') return `  (${counted(item.signals, 'line was', 'lines were')} said too fast to be shown)`
  return item.type === 'signal' ? signalLine(item.signal, paint) : undefined
}

import { expect, test } from 'vitest'
import type { Terminal } from '../../host/terminal.ts'
import { Address, Checksum, CorrelationId, RunId, StepId } from '../../model/ids.ts'
import type { RunEvent } from '../../model/event.ts'
import type { Failure } from '../../model/failure.ts'
import { codeStep, manifestOf } from '../../model/manifest.fixture.ts'
import { painter, plain } from '../paint.ts'
import { LiveBlock } from './live-block.ts'
import { RunView } from './run-view.ts'

const run = RunId.parse('0'.repeat(26))
const draft = StepId.parse('draft')
const review = StepId.parse('review')
const send = StepId.parse('send')
const late: Failure = { class: 'timeout', name: 'Timeout', message: 'took too\nlong' }

/** A terminal of so many rows, as somebody sees it. */
function screen(rows: number) {
  let lines: string[] = []
  const terminal: Terminal = {
    cwd: '/',
    env: {},
    live: true,
    asks: false,
    colour: false,
    rows,
    out: (text) => lines.push(...text.split('\n')),
    err: () => {},
    rewind: (count) => {
      lines = lines.slice(0, lines.length - count)
    },
    ask: () => Promise.resolve(undefined),
  }
  return { terminal, seen: () => lines.map((line) => plain(line)) }
}

function at(view: RunView, time: number, ...events: RunEvent[]): void {
  const written = { at: time, actor: { kind: 'engine', name: 'engine' }, correlation: CorrelationId.parse('c') } as const
  view.take({ ...written, run, version: time, events, position: time, digest: Checksum.parse('a'.repeat(64)) })
}

const started = (step: StepId, iteration: number, attempt: number): RunEvent => ({
  type: 'attempt_started',
  step,
  iteration,
  attempt,
  phase: 'run',
  effect: 'none',
  timeout: null,
  allowance: null,
})
const completed = (step: StepId, iteration: number): RunEvent => ({
  type: 'step_completed',
  step,
  iteration,
  output: Address.parse('b'.repeat(64)),
  via: null,
})

test('the block is drawn over as the run goes on, and what is said stands above it', () => {
  const { terminal, seen } = screen(24)
  const view = new RunView(
    manifestOf('letter', [codeStep('draft'), codeStep('review', ['draft']), codeStep('send', ['review'])]),
  )
  const block = new LiveBlock(terminal, painter(false), 'letter')
  at(view, 1_000, { type: 'run_moved', to: 'running', waiting: null }, started(draft, 1, 1))
  block.draw(view, 1_500)
  expect(seen()).toEqual(['letter  ● running', '  draft   ● running  500 ms', '  review  ○ pending', '  send    ○ pending'])

  at(view, 2_000, completed(draft, 1), started(review, 1, 1))
  at(view, 2_500, { type: 'step_waiting', step: review, iteration: 1, for: 'backoff', until: 3_000, failure: late })
  block.lift()
  terminal.out('said')
  block.draw(view, 2_500)
  expect(seen()).toEqual([
    'said',
    'letter  ● running',
    '  draft   ✓ completed             1.0 s',
    '  review  ◷ waiting to try again  500 ms  took too long',
    '  send    ○ pending',
  ])

  at(view, 3_000, started(review, 1, 2))
  at(view, 4_000, completed(review, 1), { type: 'step_renewed', step: draft, iteration: 2 }, started(draft, 2, 1))
  block.draw(view, 4_000)
  expect(seen().slice(1)).toEqual([
    'letter  ● running',
    '  draft #2  ● running    0 ms',
    '  review    ✓ completed  1.0 s  attempt 2',
    '  send      ○ pending',
  ])
  expect(view.rests).toBe(false)
})

test('a run with more steps than the terminal has rows shows what is under way', () => {
  const { terminal, seen } = screen(6)
  const view = new RunView(manifestOf('long', ['a', 'b', 'c', 'd'].map((id) => codeStep(id)).concat(codeStep('send'))))
  at(view, 1_000, started(send, 1, 1))
  new LiveBlock(terminal, painter(false), 'long').draw(view, 1_000)
  expect(seen()).toEqual(['long  ○ queued', '  a     ○ pending', '  send  ● running  0 ms', '  … and 3 more'])
})

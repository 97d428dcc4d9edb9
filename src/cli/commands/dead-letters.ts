import { type Letters, type LetterItem, type LetterResult, mostNamed } from '../../contract/dead-letters.ts'
import type { Api, Outputs } from '../../contract/index.ts'
import { type DeadLetter, type DeadLetterPage, drainsBy, likenessOf, type LetterOutcome, wholeQueue } from '../../model/dead-letter.ts'
import { RunId } from '../../model/ids.ts'
import { exitCodeOfStart } from '../../host/exit-codes.ts'
import type { Context } from '../context.ts'
import { exitCodes } from '../exit-codes.ts'
import { looking } from '../looking.ts'
import { type Paint, plain } from '../paint.ts'
import { print, table } from '../print.ts'
import { replaysAmong } from '../replays.ts'
import { findRun } from '../run-id.ts'
import { confirmTaking, type Taking } from './letters-ahead.ts'
import { settle } from '../run/settle.ts'
import { tellDamaged } from '../run/tell-damaged.ts'
import { acting, type Session } from '../session.ts'
import { moment } from '../times.ts'
import { UsageError } from '../trouble.ts'

export interface WhichLetters extends Taking {
  /** Those that failed of the same as this run. */
  readonly like?: string
  readonly all?: boolean
}

/** The dead-letter queue: which runs policy has queued for later, of what they failed, and what draining each would do. */
export async function deadLetters(context: Context): Promise<number> {
  return looking(context, async ({ client: { api } }) => {
    const { letters, damaged, total, most } = await queueOf(api)
    tellDamaged(context, damaged)
    const replays = await replaysAmong(api, letters.map(({ run }) => run))
    return print(context, { letters, damaged, most }, () =>
      letters.length === 0
        ? [damaged.length === 0 ? 'the dead-letter queue is empty' : 'nothing of the dead-letter queue can be read']
        : [...table(context.paint, titles, letters, (each) => letterRow(each, replays)), '', `${total} in the queue, which takes ${most}: drain or discard RUN…, all that failed --like RUN, or --all`],
    )
  })
}

/** Does what is recommended about each, a few at a time. What that leads to is said before, and what became of each once it is known. */
export async function drain(context: Context, runs: readonly string[], { note, ...which }: WhichLetters & { readonly note?: string }): Promise<number> {
  return acting(context, async (session) => {
    const { api } = session.client
    const on = await meant(api, runs, which, 'drain')
    const queue = among(await queueOf(api), on)
    tellDamaged(context, queue.damaged)
    if (!(await confirmTaking(context, api, queue.letters, 'drain', which))) return exitCodes.done
    return told(context, session, await api.deadLetters.drain({ on: asTold(on, queue), ...(note === undefined ? {} : { note }) }))
  })
}

/** Gives runs up: each fails, and what it completed is compensated. */
export async function discard(context: Context, runs: readonly string[], { reason = '', ...which }: WhichLetters & { readonly reason?: string }): Promise<number> {
  if (reason.trim() === '' && which.preview !== true) throw new UsageError('why they are given up is missing: say it with --reason')
  return acting(context, async (session) => {
    const { api } = session.client
    const on = await meant(api, runs, which, 'discard')
    const queue = among(await queueOf(api), on)
    tellDamaged(context, queue.damaged)
    if (!(await confirmTaking(context, api, queue.letters, 'discard', which))) return exitCodes.done
    return told(context, session, await api.deadLetters.discard({ on: asTold(on, queue), reason }))
  })
}

/** @throws UsageError unless they are meant in one way */
async function meant(api: Api, runs: readonly string[], { like, all = false }: WhichLetters, verb: string): Promise<Letters> {
  const ways = [runs.length > 0, like !== undefined, all].filter(Boolean).length
  if (ways !== 1) throw new UsageError(`say which to ${verb}: RUN…, --like RUN, or --all; cairn dead-letters lists them`)
  if (all) return { all }
  if (like !== undefined) return { like: await findRun(api, like) }
  return { runs: await Promise.all(runs.map((text) => findRun(api, text))) }
}

type Queue = Pick<DeadLetterPage, 'letters' | 'damaged'>

function queueOf(api: Api): Promise<Outputs['deadLetters']['list']> {
  return wholeQueue((after) => api.deadLetters.list({ limit: 500, ...(after !== null && { after }) }))
}

/** Those that are meant, as the host understands it, and the damaged ones that are or may be. */
function among({ letters, damaged }: Queue, on: Letters): Queue {
  if ('all' in on) return { letters, damaged }
  if ('runs' in on) return { letters: letters.filter(({ run }) => on.runs.includes(run)), damaged: damaged.filter((id) => on.runs.some((run) => run === id)) }
  const like = new Set(letters.flatMap((letter) => (letter.run === on.like ? [likenessOf(letter)] : [])))
  return { letters: letters.filter((letter) => like.has(likenessOf(letter))), damaged }
}

/** What has come to the queue since it was told stays there. What cannot be read is named as well, so that it is told of as not taken. */
function asTold(on: Letters, { letters, damaged }: Queue): Letters {
  const runs = [...new Set([...letters.map(({ run }) => run), ...damaged.flatMap((id) => RunId.safeParse(id).data ?? [])])]
  return 'all' in on && runs.length > 0 && runs.length <= mostNamed ? { runs } : on
}

/** Each as it comes. With a host that ends with the command, what was begun is waited for. */
async function told(context: Context, session: Session, items: AsyncIterable<LetterItem>): Promise<number> {
  const { terminal, paint, json } = context
  const results: LetterResult[] = []
  for await (const item of items) {
    if (item.type !== 'result') continue
    results.push(item)
    if (!json) terminal.out(resultLine(paint, item))
  }
  for (const run of new Set(results.flatMap(({ run: each, outcome }) => (isDone(outcome) ? [each] : [])))) {
    await settle(session, (await session.client.api.runs.get({ run: RunId.parse(run) })).record)
  }
  if (json) terminal.out(JSON.stringify({ results }))
  else if (results.length === 0) terminal.out('the dead-letter queue is empty')
  if (results.some(({ fault }) => fault !== undefined)) return exitCodeOfStart.store
  return results.every(({ outcome }) => outcome === 'recovered' || outcome === 'discarded') ? exitCodes.done : exitCodes.failed
}

function isDone(outcome: LetterOutcome): boolean {
  return outcomes[outcome][0] !== 'inactive'
}

const outcomes: Readonly<Record<LetterOutcome, readonly [tone: 'success' | 'attention' | 'failure' | 'inactive', words: string]>> = {
  recovered: ['success', '✓ recovered'],
  requeued: ['attention', '↺ failed again, and is in the queue again'],
  asks: ['attention', '◷ asks a person'],
  failed: ['failure', '✗ failed'],
  withdrawn: ['attention', '⊘ went back, or ended otherwise'],
  discarded: ['success', '✓ discarded'],
  conflict: ['inactive', '– not done'],
  refused: ['inactive', '– not done'],
  not_found: ['inactive', '– not done'],
  unavailable: ['inactive', '– not done'],
}

function resultLine(paint: Paint, { run, step, action, outcome, message }: LetterResult): string {
  const [tone, words] = outcomes[outcome]
  const why = message === null ? '' : `: ${plain(message)}`
  return `${run}  ${step === null ? '' : `${step}  `}${action}  ${paint(tone, words)}${why}`
}

const titles = ['since', 'run', 'workflow', 'step', 'attempts', 'class', 'drained by', 'error']

function letterRow(letter: DeadLetter, replays: ReadonlySet<RunId>): string[] {
  const { run, workflow, decision } = letter
  const { step, openedAt, tries, failure } = decision
  const error = failure?.message.split('\n', 1)[0] ?? ''
  return [moment(openedAt), run, `${workflow}${replays.has(run) ? ' (replay)' : ''}`, step, String(tries ?? ''), failure?.class ?? '', drainsBy(letter), plain(error)]
}

/** What taking dead letters out of the queue leads to is said before it is done, and asked about where it touches the outside world, or is all of the queue (law 8). */
import type { Api } from '../../contract/index.ts'
import { type DeadLetter, drainsBy } from '../../model/dead-letter.ts'
import { type LetterAhead, lettersAhead, type Tally } from '../../model/letters-ahead.ts'
import type { Context } from '../context.ts'
import { lettersAheadLines, runsIn } from '../run/letters-ahead-lines.ts'
import { UsageError } from '../trouble.ts'

export interface Taking {
  /** Nobody is asked. */
  readonly yes?: boolean
  /** Only say what it does and leads to. */
  readonly preview?: boolean
  /** All of the queue is meant: that is asked about whatever it touches. */
  readonly all?: boolean
}

type Verb = 'drain' | 'discard'

/** So many are looked at at once. */
const atOnce = 8

/** Whether it is to be done. @throws UsageError where it touches the outside world or is the whole queue, and nobody says yes */
export async function confirmTaking(context: Context, api: Api, letters: readonly DeadLetter[], verb: Verb, { yes = false, preview = false, all = false }: Taking): Promise<boolean> {
  const { terminal, paint, json } = context
  // Nobody would be told, and nobody is asked.
  if (json && yes && !preview) return true
  const of = [...Map.groupBy(letters, ({ workflow }) => workflow)].map(([workflow, { length }]): Tally => ({ what: workflow, runs: length }))
  const does = [...Map.groupBy(letters, (letter) => doneBy(letter, verb))].map(([what, { length }]): Tally => ({ what, runs: length }))
  const ahead = lettersAhead(await foreseen(api, letters, verb))
  const what = `${verb} ${runsIn(letters.length)}`
  if (json && preview) terminal.out(JSON.stringify({ letters: letters.length, of, does, ahead }))
  if (!json && letters.length > 0) for (const line of lettersAheadLines(paint, `${what}: ${means[verb]}`, of, does, ahead)) terminal.out(line)
  if (preview && letters.length === 0 && !json) terminal.out('none of it is found in the dead-letter queue')
  if (preview) return false
  const isAsked = ahead.outside.length > 0 || (all && letters.length > 0)
  if (yes || !isAsked) return true
  const why = ahead.outside.length > 0 ? 'this touches the outside world' : 'this is all of the queue'
  const which = ahead.outside.length > 0 ? ahead.outside.map((each) => each.what) : of.map(({ what: workflow, runs }) => `${workflow}: ${runsIn(runs)}`)
  if (json || !terminal.asks) throw new UsageError(`${why} (${which.join(', ')}): --yes does it all the same`)
  const answer = await terminal.ask(`${why}: ${what}? [y/N] `)
  if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw new UsageError('nothing was changed')
  return true
}

const means: Readonly<Record<Verb, string>> = {
  drain: 'a few at a time; what fails again comes back to the queue',
  discard: 'each fails, and what it has completed is compensated',
}

function doneBy(letter: DeadLetter, verb: Verb): string {
  return verb === 'discard' ? 'discard' : drainsBy(letter)
}

async function foreseen(api: Api, letters: readonly DeadLetter[], verb: Verb): Promise<LetterAhead[]> {
  const all: LetterAhead[] = []
  for (let next = 0; next < letters.length; next += atOnce) {
    const some = await Promise.all(letters.slice(next, next + atOnce).map((letter) => aheadOf(api, letter, verb)))
    all.push(...some.flat())
  }
  return all
}

async function aheadOf(api: Api, letter: DeadLetter, verb: Verb): Promise<LetterAhead[]> {
  const { run, workflow, decision } = letter
  // A discard wants a reason; which one changes nothing of what it leads to.
  const { actions } = await api.decisions.consequences({ run, decision: decision.id, note: 'to be said' })
  const consequence = actions.find(({ action }) => action === doneBy(letter, verb))
  return consequence === undefined ? [] : [{ workflow, consequence }]
}

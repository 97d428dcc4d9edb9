/** Entries of the journal as text: what is usual of an event goes without saying. Entries of before say all of it. */
import { HostEntry, RunEntry } from '../../model/entry.ts'
import type { HostEvent, RunEvent } from '../../model/event.ts'
import { usualPass } from './pass.ts'
import { inPresentWords } from './present-words.ts'
import { isParts, type Parts, said, unusual } from './usual.ts'

const usualEntry: Parts = { actor: { kind: 'engine', name: 'engine' } }

const ofPass: Parts = { ...usualPass, iteration: 1 }
/** As with a pass: it never changes, though a run may come to be born otherwise (`engine/scheduler/new-run.ts`). */
const usualRun: Parts = {
  origin: null,
  disarmed: false,
  parent: null,
  kept: null,
  priority: 0,
  admitted: true,
  version: 0,
  touched: 0,
  status: 'queued',
  waiting: null,
  paused: false,
  closing: null,
  failure: null,
  generation: 0,
  branch: 0,
  head: 0,
  sentBack: 0,
  loops: {},
  recoveries: 0,
  clock: { spent: 0, since: null },
  endedAt: null,
}
const usual: { readonly [Type in (RunEvent | HostEvent)['type']]?: Parts } = {
  run_created: { run: usualRun },
  run_moved: { waiting: null },
  attempt_started: { iteration: 1, attempt: 1, phase: 'run', effect: 'none', timeout: null, allowance: null },
  attempt_ended: { iteration: 1, attempt: 1, status: 'completed', failure: null, counts: true },
  step_completed: { iteration: 1, via: null },
  checkpoint_taken: { kind: 'step_complete', iteration: 1 },
}

export function entryText(entry: RunEntry | HostEntry): string {
  return JSON.stringify({ ...unusual(entry, usualEntry), events: entry.events.map(writtenEvent) })
}

function writtenEvent(event: RunEvent | HostEvent): Parts {
  const rest = unusual(event, usual[event.type] ?? {})
  return 'passes' in event ? { ...rest, passes: event.passes.map((pass) => unusual(pass, ofPass)) } : rest
}

const Written = RunEntry.or(HostEntry)

/** What the text says, in the words of today. */
export function readEntry(text: string) {
  return Written.safeParse(inFull(JSON.parse(inPresentWords(text))))
}

function inFull(entry: unknown): unknown {
  return isParts(entry) ? eachOf(said(entry, usualEntry), 'events', eventInFull) : entry
}

function eventInFull(event: unknown): unknown {
  if (!isParts(event)) return event
  return eachOf(said(event, usualOf(event['type'])), 'passes', (pass) => (isParts(pass) ? said(pass, ofPass) : pass))
}

/** The same with each that stands in a list of it made anew, where it has that list. */
function eachOf(whole: Parts, name: string, made: (each: unknown) => unknown): Parts {
  const list: unknown = whole[name]
  return Array.isArray(list) ? { ...whole, [name]: list.map(made) } : whole
}

function usualOf(type: unknown): Parts {
  return Object.entries(usual).find(([name]) => name === type)?.[1] ?? {}
}

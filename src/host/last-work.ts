/**
 * Remembers in two small files which run a host was at work on when it ended, and how often that came about.
 *
 * Invariants:
 * 1. A careful host writes down each run before it is at work on it, and takes that out after. What is written is there for whoever comes
 *    after a process that ended, however it ended. Nothing is synced: once the machine has started again, nothing is made of it.
 * 2. That costs microseconds for each turn, so a host is careful in its first minute only, and for as long as it lives where the host
 *    before it did not end in good order.
 * 3. What is between two pieces of work is nobody's, unless somebody is blamed for it.
 * 4. Where nothing can be written nothing is remembered, and every run goes on all the same. Both files may be deleted.
 */
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { z } from 'zod'
import { nothingRemembered } from '../engine/scheduler/crash-loops.ts'
import type { Clock, LastWork } from '../engine/ports.ts'
import { Instant, RunId } from '../model/ids.ts'
import type { Closing } from './closing.ts'
import type { Role } from './role.ts'
import type { Layout } from './workspace/layout.ts'

/** How long a host is careful that follows one which ended in good order, in milliseconds. */
const carefulFor = 60_000
/** What is longer ago is no loop. */
const forgottenAfter = 24 * 60 * 60_000
/** Two clocks that were read this far apart, in milliseconds, may still tell of the same start of the machine. */
const sameStart = 60_000

export interface LastWorkParts {
  readonly layout: Pick<Layout, 'lastWork' | 'endedOver'>
  readonly clock: Clock
  /** When the machine was started. */
  readonly machineStarted: Instant
  readonly troubled: (what: string, error: unknown) => void
}

const Ends = z.array(z.tuple([RunId, z.array(Instant).min(1)]))
/** The run, or nothing, in a place of fixed size; then when the machine was started. */
const Note = z.tuple([z.union([RunId, z.literal('')]), z.coerce.number().pipe(Instant)])
const nobody = ' '.repeat(26)

/** Only a host that takes runs up remembers what it is at work on. */
export function lastWorkFor(role: Role, parts: LastWorkParts, closing: Closing): LastWork {
  if (role !== 'serve') return nothingRemembered
  const kept = keepLastWork(parts)
  closing.add(kept.close)
  return kept
}

/** `close` says that the host ended in good order. */
export function keepLastWork(parts: LastWorkParts): LastWork & { readonly close: () => void } {
  const { clock, layout, machineStarted } = parts
  let { troubled } = parts
  const ends = readEnds(layout.endedOver, clock.now() - forgottenAfter)
  const before = lastNote(layout.lastWork, machineStarted)
  let isCareful = true
  /** Who is blamed for an end in between. */
  let blamed: RunId | null = null
  let at: RunId | null = null
  let file: number | null = null

  const trying = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      isCareful = false
      troubled('which run is worked on could not be noted', error)
      troubled = () => undefined
    }
  }
  const note = (run: RunId | null): void => {
    at = run
    const to = file
    if (to !== null) trying(() => writeSync(to, run ?? nobody, 0, 'latin1'))
  }
  const keepEnds = (): void =>
    trying(() => {
      if (ends.size === 0) return rmSync(layout.endedOver, { force: true })
      writeFileSync(`${layout.endedOver}.new`, JSON.stringify([...ends]), { mode: 0o600 })
      renameSync(`${layout.endedOver}.new`, layout.endedOver)
    })

  /** The host before this one has ended over the run. */
  const endedOver = (run: RunId, since: Instant): void => {
    ends.set(run, [...(ends.get(run) ?? []), since])
    keepEnds()
  }

  if (before !== null && before.run !== null) endedOver(before.run, before.since)
  else keepEnds()
  trying(() => {
    writeFileSync(layout.lastWork, `${nobody}\n${machineStarted}\n`, { mode: 0o600 })
    file = openSync(layout.lastWork, 'r+')
  })
  const disarm = before !== null ? () => undefined : clock.at(clock.now() + carefulFor, () => (isCareful = false))

  return {
    on(run, work) {
      if (!isCareful || at === run) return work()
      const [outer, isBetween] = [at, at === blamed]
      note(run)
      try {
        const done = work()
        note(isBetween ? blamed : outer)
        return done
      } catch (error) {
        // Where nobody catches it, the host ends before the event loop goes on.
        setImmediate(() => at === run && note(blamed)).unref()
        throw error
      }
    },
    ends: (run) => (ends.get(run) ?? []).map((instant) => `${new Date(instant).toISOString().slice(0, 19)}Z`),
    forget(run) {
      if (ends.delete(run)) keepEnds()
    },
    isAfterCrash: before !== null,
    blame(run) {
      const isBetween = at === blamed
      blamed = run
      if (isBetween && isCareful) note(run)
    },
    blameBefore(run) {
      if (before?.run === null) endedOver(run, before.since)
    },
    close() {
      disarm()
      isCareful = false
      if (file !== null) closeSync(file)
      file = null
      rmSync(layout.lastWork, { force: true })
    },
  }
}

/** What the host before this one left, if it did not end in good order and the machine has not started since: what it was at work on. */
function lastNote(file: string, machineStarted: Instant): { readonly run: RunId | null; readonly since: Instant } | null {
  try {
    const lines = readFileSync(file, 'latin1').split('\n')
    const [run, started] = Note.parse([lines[0]?.trim(), lines[1]])
    if (Math.abs(started - machineStarted) > sameStart) return null
    return { run: run === '' ? null : run, since: Instant.parse(Math.round(statSync(file).mtimeMs)) }
  } catch {
    return null
  }
}

/** Those since an instant; a file that is not there, or damaged, remembers nothing. */
function readEnds(file: string, since: number): Map<RunId, Instant[]> {
  try {
    const kept = Ends.parse(JSON.parse(readFileSync(file, 'utf8')))
    return new Map(kept.map(([run, all]): [RunId, Instant[]] => [run, all.filter((instant) => instant >= since)]).filter(([, all]) => all.length > 0))
  } catch {
    return new Map()
  }
}

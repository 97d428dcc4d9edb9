/**
 * What is read off the engine's thread: queries and verification.
 *
 * Invariants:
 * 1. Each answer is read within one transaction: it is as of one committed moment.
 * 2. The connection that answers queries cannot write.
 */
import type { Queries } from '../../engine/queries.ts'
import { openReader } from '../crypt/open-reader.ts'
import { atOnce } from '../sqlite/at-once.ts'
import { reading } from '../sqlite/reading.ts'
import { type CheckpointPage, readCheckpointPage } from '../format/checkpoint-page.ts'
import { storePaths } from '../paths.ts'
import { branchReader } from '../read/branches.ts'
import { checkpointPageReader } from '../read/checkpoint-pages.ts'
import { deadLetterReader } from '../read/dead-letters.ts'
import { decisionViewReader } from '../read/decision-views.ts'
import { journalReader } from '../read/journal.ts'
import { presentReader } from '../read/present.ts'
import { removedRunReader } from '../read/removed-runs.ts'
import { lineageReader } from '../read/lineages.ts'
import { revisionReader } from '../read/revisions.ts'
import { runStateReader } from '../read/run-state.ts'
import { runViewReader } from '../read/run-views.ts'
import { runReader } from '../read/runs.ts'
import { sensitivityReader } from '../read/sensitivity.ts'
import { signalReader } from '../read/signals.ts'
import { valueReader } from '../read/values.ts'
import type { Verification } from '../../model/integrity.ts'
import { planRetention, type Planned, type Planning } from '../retention/plan.ts'
import { Allowance } from '../verify/allowance.ts'
import type { Found } from '../verify/findings.ts'
import { type PatrolState, type Visit, visit } from '../verify/patrol.ts'
import type { Place } from '../verify/place.ts'
import { type Leg, Round } from '../verify/round.ts'
import { verifyStore } from '../verify/verify-store.ts'
import type { Opening } from '../thread/answering-thread.ts'

/** How much a leg of a walk looks at, in bytes of rows: so often is told how far it has come. */
const legBytes = 4_000_000

type Answers = { [M in keyof Queries]: (...given: Parameters<Queries[M]>) => Awaited<ReturnType<Queries[M]>> }

export interface Reads extends Answers {
  /** The same as they go to another thread; undefined where there is no such run. */
  checkpointPage(...given: Parameters<Answers['checkpoints']>): CheckpointPage | undefined
  /** Walks the whole store and answers all that is wrong with it. @throws GivenUp */
  verify(): Verification
  /** Looks at a part of the store, from a place on. @throws GivenUp */
  /** `known` was found before. */
  leg(from: Place, known: readonly Found[]): Leg
  /** Goes on with the patrol of the store. @throws GivenUp */
  visit(state: PatrolState): Visit
  /** What retention would remove. @throws GivenUp */
  retention(planning: Planning): Planned
  close(): void
}

/** Opens the store of a workspace for reading. The file must be there. @throws KeyRefused */
export function openReads(workspace: string, { key = null, goOn = (): void => undefined }: Partial<Opening> = {}): Reads {
  const paths = storePaths(workspace)
  const db = openReader(paths.store, key)
  const runs = runReader(db)
  const views = runViewReader(db)
  const branches = branchReader(db)
  const checkpoints = checkpointPageReader(db)
  const states = runStateReader(db)
  const journal = journalReader(db)
  const signals = signalReader(db)
  const decisions = decisionViewReader(db)
  const deadLetters = deadLetterReader(db)
  const lineages = lineageReader(db)
  const values = valueReader(db)
  const revisions = revisionReader(db)
  const sensitivity = sensitivityReader(db)
  const present = presentReader(db)
  const removed = removedRunReader(db)

  /** One committed moment, and what SQLite finds wrong told like any other damage. */
  const at = <Given extends unknown[], Answer>(read: (...given: Given) => Answer): ((...given: Given) => Answer) => {
    return (...given) => reading(paths.store, () => atOnce(db, () => read(...given)))
  }

  const pageOf: Reads['checkpointPage'] = at((id, after, limit) => {
    const run = runs.byId(id)
    return run && checkpoints(run, after === null ? 0 : after + 1, limit)
  })

  return {
    runs: at((filter) => views.page(filter)),
    run: at((id) => views.detail(id)),
    branches: at((id) => branches(id)),
    checkpoints: (...given) => readCheckpointPage(pageOf(...given)),
    checkpointPage: pageOf,
    state: at((id, checkpoint) => {
      const run = runs.byId(id)
      return run === undefined ? undefined : states.unfolded(run, checkpoint)
    }),
    journal: at((after, limit, id) => {
      if (id === null) return journal.after(after, limit)
      const number = runs.numberOf(id)
      return number === undefined ? [] : journal.ofRun(id, number, after, limit)
    }),
    journalBefore: at((before, limit, id) => {
      if (id === null) return journal.before(before, limit)
      const number = runs.numberOf(id)
      return number === undefined ? [] : journal.ofRunBefore(id, number, before, limit)
    }),
    signals: at((id, limit, which) => {
      const number = runs.numberOf(id)
      return number === undefined ? [] : signals.ofRun(number, limit, which)
    }),
    decisions: at((id) => decisions.ofRun(id)),
    pending: at(() => decisions.pending()),
    urgent: at((limit) => decisions.urgent(limit)),
    deadLetters: at((after, limit) => deadLetters(after, limit)),
    value: at((id, address, upTo) => {
      const run = runs.byId(id)
      return run === undefined ? undefined : values.sized(lineages.byNumber(run.lineage), address, upTo)
    }),
    revision: at((hash) => revisions.find(hash)),
    sensitivity: at((id, besides) => sensitivity(id, besides)),
    present: at(() => present()),
    removed: at((id) => removed.byId(id)?.run),
    verify: () => verifyStore(db, paths.anchor, goOn),
    leg: (from, known) => new Round(db, paths.anchor, goOn, known).leg(from, new Allowance(legBytes)),
    visit: (state) => visit(db, paths.anchor, state, goOn),
    retention: (planning) => reading(paths.store, () => planRetention(db, planning, goOn)),
    close: () => db.close(),
  }
}

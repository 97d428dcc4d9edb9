import type { PreviewRequest } from '../engine/control.ts'
import { NotFound } from '../model/control-errors.ts'
import type { RunId } from '../model/ids.ts'
import type { DefinitionChoice } from '../model/preview.ts'
import { priorityOf } from '../model/priority.ts'
import { reasonToRestore } from '../model/reason-to-restore.ts'
import { howTrimmed } from '../model/retention.ts'
import { onRun, person } from './acting.ts'
import { answering, resumeFrom } from './answering.ts'
import { each, select } from './each.ts'
import { assertRun, ofRun } from './existing-run.ts'
import { followStream } from './follow-stream.ts'
import { pageOf } from './journal.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'
import { runQuery } from './run-query.ts'
import { soughtIn } from './startable.ts'
import { runStream, startOf } from './streams.ts'

export function runs({ runs: procedure }: Procedures, parts: ServiceParts) {
  const { catalog, control, queries, search, clock } = parts

  return {
    start: procedure.start.handler(async ({ input }) => {
      await soughtIn(catalog, input.workflow)
      return control.start({
        workflow: input.workflow,
        input: input.input,
        context: input.context ?? {},
        correlation: input.correlation ?? null,
        priority: input.priority === undefined ? null : priorityOf(input.priority),
        actor: person(parts, input.actor),
      })
    }),

    list: procedure.list.handler(({ input }) => queries.runs(input)),

    search: procedure.search.handler(({ input }) => {
      const { offset, limit, sort = null } = input
      return search.search({ ...runQuery(input, clock), offset, limit, sort })
    }),

    counts: procedure.counts.handler(({ input }) => search.counts(runQuery(input, clock))),

    get: procedure.get.handler(async ({ input }) => ofRun(queries, input.run, queries.run(input.run))),

    state: procedure.state.handler(async ({ input }) => {
      const state = await queries.state(input.run, input.checkpoint ?? null)
      if (state !== undefined) return state
      const branches = await ofRun(queries, input.run, queries.branches(input.run))
      const why = howTrimmed(branches.flatMap(({ removed }) => removed), input.checkpoint ?? 0)
      throw new NotFound('checkpoint', String(input.checkpoint), why ?? 'list the checkpoints of the run to see which there are')
    }),

    checkpoints: procedure.checkpoints.handler(async ({ input }) => {
      const list = await queries.checkpoints(input.run, input.after ?? null, input.limit)
      if (list.checkpoints.length === 0 && list.damaged.length === 0) await assertRun(queries, input.run)
      return list
    }),

    branches: procedure.branches.handler(async ({ input }) => {
      return { branches: [...(await ofRun(queries, input.run, queries.branches(input.run)))] }
    }),

    journal: procedure.journal.handler(async ({ input }) => {
      const entries = await pageOf(parts, input, input.run)
      if (entries.length === 0) await assertRun(queries, input.run)
      return { entries }
    }),

    signals: procedure.signals.handler(async ({ input }) => {
      const { run, limit, step, until } = input
      const signals = await queries.signals(run, limit, { step, until })
      if (signals.length === 0) await assertRun(queries, run)
      return { signals: [...signals] }
    }),

    value: procedure.value.handler(async ({ input }) => {
      const sized = await queries.value(input.run, input.address, input.upTo)
      if (sized === undefined) throw new NotFound('value', input.address, `run ${input.run} holds no such value`)
      return sized
    }),

    pause: procedure.pause.handler(({ input }) => control.pause(onRun(parts, input, input.reason))),
    resume: procedure.resume.handler(({ input }) => control.resume(onRun(parts, input, input.reason))),
    cancel: procedure.cancel.handler(({ input }) => control.cancel(onRun(parts, input, input.reason))),

    preview: procedure.preview.handler(async ({ input }) => {
      await loaded(input)
      return control.preview(input)
    }),
    restore: procedure.restore.handler(async ({ input }) => {
      await loaded(input)
      const { checkpoint, definition, revision = null } = input
      const reason = input.reason?.trim() || (await usualReason(input))
      return control.restore({ ...onRun(parts, input, reason), checkpoint, definition, revision })
    }),

    previewRollback: procedure.previewRollback.handler(({ input: { run, savepoint } }) => {
      return control.previewRollback({ ...onRun(parts, { run }, null), savepoint })
    }),
    rollback: procedure.rollback.handler(({ input }) => control.rollback({ ...onRun(parts, input, input.reason), savepoint: input.savepoint })),
    previewRecovery: procedure.previewRecovery.handler(({ input }) => control.previewRecovery(input.run)),
    recover: procedure.recover.handler(({ input }) => {
      return control.recoverRun({ ...onRun(parts, input, input.reason), strategy: input.strategy ?? null })
    }),

    checkpoint: procedure.checkpoint.handler(({ input }) => control.checkpoint(onRun(parts, input, input.note))),
    nameBranch: procedure.nameBranch.handler(({ input: { run, branch, name, actor } }) => {
      return control.nameBranch({ run, branch, name, actor: person(parts, actor) })
    }),

    keep: procedure.keep.handler(({ input: { run, keep, reason, actor } }) => {
      return control.keep({ run, keep, reason: reason ?? null, actor: person(parts, actor) })
    }),

    resetRecoveries: procedure.resetRecoveries.handler(({ input: { run, reason = null, actor } }) => {
      return control.resetRecoveries({ run, reason, actor: person(parts, actor) })
    }),

    previewReplay: procedure.previewReplay.handler(async ({ input }) => {
      await loaded(input)
      const { run, checkpoint, definition, edits = {} } = input
      return control.previewReplay({ run, checkpoint, definition, edits })
    }),
    replay: procedure.replay.handler(async ({ input }) => {
      await loaded(input)
      const { run, checkpoint, definition, revision = null, edits = {}, reason = null, actor } = input
      return control.replay({ run, checkpoint, definition, revision, edits, reason, actor: person(parts, actor) })
    }),

    each: procedure.each.handler(async ({ input, signal }) => {
      const selected = await select(parts, input.on)
      return answering(parts, each(parts, input, selected, signal))
    }),

    watch: procedure.watch.handler(async ({ input, signal, lastEventId }) => {
      await assertRun(queries, input.run)
      const after = startOf(parts.feed, resumeFrom(lastEventId, input.after))
      return answering(parts, runStream(parts, input.run, after, { recent: input.recent, abort: signal }))
    }),

    follow: procedure.follow.handler(async ({ input, signal }) => {
      await assertRun(queries, input.run)
      return answering(parts, followStream(parts, input.run, signal))
    }),
  }

  /** What is kept where nobody says why: the words that the console has stand there. @throws what `preview` does */
  async function usualReason(request: PreviewRequest): Promise<string> {
    const preview = await control.preview(request)
    const { steps = [] } = (await queries.revision(preview.revision.hash))?.manifest ?? {}
    return reasonToRestore(preview, (step) => steps.find(({ id }) => id === step)?.title ?? step)
  }

  /** A host that has just been started may not have looked at the present definition yet. @throws NotFound */
  async function loaded({ run, definition }: { readonly run: RunId; readonly definition: DefinitionChoice }): Promise<void> {
    if (definition !== 'present') return
    const { record } = await ofRun(queries, run, queries.run(run))
    await catalog.sought(record.workflow)
  }
}

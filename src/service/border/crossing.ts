/** What leaves the host, noun by noun, without what is sensitive in it. What is of a run that marks nothing passes as it is. */
import type { z } from 'zod'
import type { Mail, MailSummary } from '../../contract/mail.ts'
import type { Queries } from '../../engine/queries.ts'
import { type AttentionItem, FailureGroup } from '../../model/attention.ts'
import { contextKey, inputKey, outputKey } from '../../model/checkpoint.ts'
import { DecisionRecord } from '../../model/decision.ts'
import { ErrorRecord } from '../../model/error-record.ts'
import { JournalEntry } from '../../model/entry.ts'
import type { Address, RunId } from '../../model/ids.ts'
import { StepId } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { Signal } from '../../model/log.ts'
import type { Edited, ReplayPreview } from '../../model/replay.ts'
import { RunRecord } from '../../model/run.ts'
import { hiddenText } from '../../model/sensitive/hidden.ts'
import { AttemptRecord, StepRecord } from '../../model/step.ts'
import { type DecisionView, type RunDetail, type RunState, RunSummary } from '../../model/views.ts'
import type { Redaction, Redactions } from './redaction.ts'
import { isWritten, rewritten } from './written.ts'

export class Crossing {
  readonly #redactions: Redactions
  readonly #queries: Pick<Queries, 'run' | 'value'>

  constructor(redactions: Redactions, queries: Pick<Queries, 'run' | 'value'>) {
    this.#redactions = redactions
    this.#queries = queries
  }

  /** A row of a run, in whose texts something may stand. */
  async row<T>(run: RunId | null, schema: z.ZodType<T>, row: T): Promise<T> {
    if (run === null || !isWritten(row)) return row
    const redaction = await this.#redactions.of(run)
    return redaction === null ? row : rewritten(schema, row, redaction.text)
  }

  async rows<T>(run: RunId, schema: z.ZodType<T>, rows: readonly T[]): Promise<T[]> {
    return Promise.all(rows.map((row) => this.row(run, schema, row)))
  }

  record(record: RunRecord): Promise<RunRecord> {
    return this.row(record.id, RunRecord, record)
  }

  async summaries(runs: readonly RunSummary[]): Promise<RunSummary[]> {
    return Promise.all(runs.map((run) => this.row(run.id, RunSummary, run)))
  }

  async entries(entries: readonly JournalEntry[]): Promise<JournalEntry[]> {
    return Promise.all(entries.map((entry) => this.row(entry.run, JournalEntry, entry)))
  }

  async changed<T extends Pick<RunDetail, 'record' | 'steps' | 'attempts' | 'decisions' | 'errors'>>(detail: T): Promise<T> {
    const { id } = detail.record
    const [record, steps, attempts, decisions, errors] = await Promise.all([
      this.record(detail.record),
      this.rows(id, StepRecord, detail.steps),
      this.rows(id, AttemptRecord, detail.attempts),
      this.rows(id, DecisionRecord, detail.decisions),
      this.rows(id, ErrorRecord, detail.errors),
    ])
    return { ...detail, record, steps, attempts, decisions, errors }
  }

  async signal(signal: Signal): Promise<Signal> {
    const redaction = await this.#redactions.of(signal.run)
    if (redaction === null) return signal
    switch (signal.type) {
      case 'log':
        return { ...signal, message: redaction.text(signal.message), data: redaction.free(signal.data) }
      case 'progress':
        return { ...signal, note: signal.note === null ? null : redaction.text(signal.note) }
      case 'heartbeat':
        // It is told before it is known what the step makes, and said by the same code.
        return { ...signal, value: redaction.marks(outputKey(signal.step, signal.iteration)) ? redaction.hidden(signal.value) : redaction.free(signal.value) }
    }
  }

  async signals(signals: readonly Signal[]): Promise<Signal[]> {
    return Promise.all(signals.map((signal) => this.signal(signal)))
  }

  async state(state: RunState): Promise<RunState> {
    const { checkpoint, input, context, outputs } = state
    const redaction = await this.#redactions.of(checkpoint.run)
    if (redaction === null) return state
    const passes = Object.entries(outputs).map(([name, all]) => {
      const step = StepId.parse(name)
      return [step, all.map((pass) => ({ ...pass, output: redaction.value(outputKey(step, pass.iteration), pass.output) }))] as const
    })
    return {
      ...state,
      checkpoint: { ...checkpoint, note: checkpoint.note === null ? null : redaction.text(checkpoint.note) },
      input: redaction.value(inputKey, input),
      context: redaction.value(contextKey, context),
      outputs: Object.fromEntries(passes),
    }
  }

  async decision(view: DecisionView): Promise<DecisionView> {
    const redaction = await this.#redactions.of(view.run)
    if (redaction === null) return view
    const { step, iteration } = view.decision
    return {
      ...view,
      decision: rewritten(DecisionRecord, view.decision, redaction.text),
      shown: isOutput(view.decision) ? redaction.value(outputKey(step, iteration), view.shown) : redaction.free(view.shown),
      editable: await this.#editable(view, redaction),
    }
  }

  /** It is told from the whole of which it is part what of it is sensitive. */
  async #editable({ run, decision: { edits } }: DecisionView, redaction: Redaction): Promise<Json> {
    if (edits === null) return null
    const whole = await this.#queries.value(run, edits.of)
    return redaction.value(outputKey(edits.target.step, 1), whole?.value ?? null, edits.target.path)
  }

  async replay(run: RunId, preview: ReplayPreview): Promise<ReplayPreview> {
    const { migration, revision } = preview
    const redaction = await (migration === null ? this.#redactions.of(run) : this.#redactions.ofBoth(run, revision.hash))
    if (redaction === null) return preview
    const shown = ({ key, before, after }: Edited): Edited => ({ key, before: redaction.value(key, before), after: redaction.value(key, after) })
    return { ...preview, edits: preview.edits.map(shown), migrated: preview.migrated.map(shown) }
  }

  /** A stored value, which may stand for several things in its run: what one of them says is sensitive is hidden. */
  async stored(run: RunId, address: Address, upTo: number | undefined, sized: Sized): Promise<Sized> {
    const redaction = await this.#redactions.of(run)
    if (redaction === null) return sized
    const [detail, whole] = await Promise.all([this.#queries.run(run), sized.left ? this.#queries.value(run, address) : sized])
    if (detail === undefined || whole === undefined) return sized
    const shown = shownAt(detail, address, redaction, whole.value)
    const size = new TextEncoder().encode(JSON.stringify(shown)).byteLength
    const left = upTo !== undefined && size > upTo
    return { value: left ? null : shown, size, left }
  }

  async attention(item: AttentionItem): Promise<AttentionItem> {
    switch (item.kind) {
      case 'quarantined':
        return { ...item, run: await this.row(item.run.id, RunSummary, item.run) }
      case 'decision':
        return { ...item, view: await this.decision(item.view) }
      case 'failures': {
        const [newest = null] = item.runs
        const redaction = newest === null ? null : await this.#redactions.of(newest)
        if (redaction === null) return item
        const { kind, fingerprint } = item
        return { ...rewritten(FailureGroup, item, redaction.text), kind, fingerprint: redaction.text(fingerprint) }
      }
      case 'alarm':
      case 'damage':
      case 'workflow_refused':
      case 'policy_refused':
        return item
    }
  }

  async mailSummary<M extends MailSummary>(mail: M): Promise<M> {
    const redaction = mail.sentBy === null ? null : await this.#redactions.of(mail.sentBy.run)
    if (redaction === null) return mail
    const { from, to, subject } = mail
    return { ...mail, from: redaction.text(from), to: to.map(redaction.text), subject: redaction.text(subject) }
  }

  /** Of a message with something hidden in it, what was received is not shown: it may stand there in another encoding. */
  async mail(mail: Mail): Promise<Mail> {
    const redaction = mail.sentBy === null ? null : await this.#redactions.of(mail.sentBy.run)
    if (redaction === null) return mail
    const { text, html, headers, source } = mail
    const parts = {
      ...(await this.mailSummary(mail)),
      text: text === null ? null : redaction.text(text),
      html: html === null ? null : redaction.text(html),
      headers: headers.map(({ name, value }) => ({ name, value: redaction.text(value) })),
      source: redaction.text(source),
    }
    const isWhole = mail.unreadable === null && JSON.stringify(parts) === JSON.stringify(mail)
    return isWhole ? mail : { ...parts, source: hiddenText }
  }
}

interface Sized {
  readonly value: Json
  readonly size: number
  readonly left: boolean
}

/** True where what a person is shown is what the step came to. */
function isOutput({ kind }: Pick<DecisionRecord, 'kind'>): boolean {
  return kind === 'loop'
}

/** What is not known to be anything is hidden whole: it may be what something was before. */
function shownAt({ record, steps, decisions }: RunDetail, address: Address, redaction: Redaction, value: Json): Json {
  const keys = new Set([
    ...(record.input === address ? [inputKey] : []),
    ...(record.context === address ? [contextKey] : []),
    ...steps.flatMap(({ step, iteration, output }) => (output === address ? [outputKey(step, iteration)] : [])),
    ...decisions.flatMap((decision) => (isOutput(decision) && decision.shown === address ? [outputKey(decision.step, decision.iteration)] : [])),
    ...decisions.flatMap(({ edits }) => (edits?.of === address ? [outputKey(edits.target.step, 1)] : [])),
  ])
  if (keys.size > 0) return [...keys].reduce<Json>((shown, key) => redaction.value(key, shown), value)
  const isFree = decisions.some(({ shown, edit, edits, step }) => {
    return shown === address || (edit === address && !redaction.marks(outputKey(edits?.target.step ?? step, 1)))
  })
  return isFree ? redaction.free(value) : redaction.hidden(value)
}

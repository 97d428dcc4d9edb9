import { WorkflowName } from '../../model/ids.ts'
import type { GivenPriority } from '../../model/priority.ts'
import type { RunRecord } from '../../model/run.ts'
import type { Context } from '../context.ts'
import { exitCodeOf, exitCodes } from '../exit-codes.ts'
import { readGivenJson } from '../given-file.ts'
import { plain } from '../paint.ts'
import { askDecision } from '../run/ask-decision.ts'
import { assertStepsThere, GivenAnswers, parseAnswer } from '../run/answers.ts'
import { follow, type Outcome } from '../run/follow.ts'
import { createReporter } from '../run/reporter.ts'
import { RunView } from '../run/run-view.ts'
import { starting, type Session } from '../session.ts'
import { runStatus } from '../status.ts'
import { lasting } from '../times.ts'
import { tell, UsageError } from '../trouble.ts'

export interface RunOptions {
  readonly input: string
  readonly context?: string
  readonly decide?: readonly string[]
  readonly note?: string
  readonly correlation?: string
  readonly priority?: GivenPriority
}

/** Starts a run and stays with it. @returns the exit code: how the run stands when the command ends */
export async function run(context: Context, workflow: string, options: RunOptions, heedInterrupts: () => AbortSignal): Promise<number> {
  const name = WorkflowName.safeParse(workflow)
  if (!name.success) throw new UsageError(`${workflow} is no name of a workflow: a name is like outreach-email`)
  const decided = (options.decide ?? []).map(parseAnswer)
  const answers = new GivenAnswers(decided)
  const input = await readGivenJson(context.terminal, options.input)
  const given = options.context === undefined ? {} : await readGivenJson(context.terminal, options.context)

  return starting(context, async (session) => {
    const { api } = session.client
    if (decided.some(({ step }) => step !== null)) {
      const { manifest } = await api.workflows.get({ workflow: name.data })
      assertStepsThere(decided, manifest.steps, workflow)
    }
    const { position } = await api.host.health()
    const started = await api.runs.start({ workflow: name.data, input, context: given, ...correlationOf(options), ...priorityIn(options) })
    const { manifest } = await api.runs.get({ run: started.id })
    const view = new RunView(manifest)
    const reporter = createReporter(
      context,
      `${context.paint('strong', workflow)} v${started.workflowVersion}  ${started.id}`,
    )
    if (!context.json && !context.terminal.live) {
      context.terminal.err(`run ${started.id} of ${workflow}, version ${started.workflowVersion}`)
    }
    try {
      const outcome = await follow(session.client, {
        run: started.id,
        view,
        after: position,
        signal: heedInterrupts(),
        heard: (item) => reporter.heard(item, view),
        decide: async (decision) => {
          const action = answers.next(decision.decision.step)
          if (action !== undefined) return { action, note: options.note ?? null, edit: null, typed: false }
          if (!context.terminal.asks || context.json) return undefined
          reporter.yieldTerminal()
          return askDecision(context, decision)
        },
        refused: (error) => context.terminal.err(tell(error)?.message ?? String(error)),
      })
      return await conclude(context, session, started, view, outcome)
    } finally {
      reporter.end()
    }
  })
}

/** Says how the run stands, in words or as the last line of data. */
async function conclude(
  { terminal, paint, json }: Context,
  { client, embedded }: Session,
  started: RunRecord,
  view: RunView,
  outcome: Outcome,
): Promise<number> {
  const exitCode = outcome === 'ended' ? exitCodeOf(view.status) : exitCodes[outcome]
  const { record } = outcome === 'interrupted' ? { record: started } : await client.api.runs.get({ run: started.id })
  if (json) {
    const { id, status, waiting, failure, createdAt, endedAt } = record
    terminal.out(JSON.stringify({ type: 'outcome', run: id, status, waiting, failure, createdAt, endedAt, exitCode }))
    return exitCode
  }
  const took = record.endedAt === null ? '' : ` in ${lasting(record.endedAt - record.createdAt)}`
  const why = view.failure === '' ? '' : `: ${plain(view.failure)}`
  terminal.out(outcome === 'interrupted' ? 'left' : `${runStatus(paint, record.status, record.waiting)}${took}${why}`)
  if (outcome !== 'ended') terminal.err(whatNext(record, outcome, embedded))
  return exitCode
}

function whatNext({ id, waiting }: RunRecord, outcome: 'undecided' | 'interrupted', embedded: boolean): string {
  if (outcome === 'undecided' && waiting === 'dead_letter') return `take it up again with: cairn drain ${id}; cairn dead-letters lists all that are queued for later`
  if (outcome === 'undecided') return `decide with: cairn decide ${id} ACTION; cairn show ${id} says what is asked`
  return embedded ? `run ${id} goes on as soon as this workspace is opened again` : `run ${id} goes on in its host`
}

function correlationOf({ correlation }: RunOptions) {
  return correlation === undefined ? {} : { correlation }
}

function priorityIn({ priority }: RunOptions) {
  return priority === undefined ? {} : { priority }
}

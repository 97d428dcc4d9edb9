import { stringify } from 'yaml'
import type { Api } from '../../contract/index.ts'
import { counted } from '../../model/counted.ts'
import type { DecisionView, RunDetail } from '../../model/views.ts'
import type { Origin } from '../../model/run.ts'
import type { StepRecord } from '../../model/step.ts'
import { timeTaken } from '../../model/time-taken.ts'
import type { Context } from '../context.ts'
import { looking } from '../looking.ts'
import { aligned, plain, type Paint } from '../paint.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { orLeft } from '../run/left-of-run.ts'
import { programLines } from '../run/program-lines.ts'
import { runStatus, stepStatus } from '../status.ts'
import { followsInWords, inWords } from '../run/in-words.ts'
import { lasting, moment } from '../times.ts'

/** Shows a run: how it stands, each step, and what is asked of a person. */
export async function show(context: Context, text: string): Promise<number> {
  return looking(context, async ({ client: { api } }) => {
    const run = await findRun(api, text)
    const detail = await orLeft(context, api, run, api.runs.get({ run }))
    const { decisions } = await api.decisions.list({ run })
    const pending = decisions.filter(({ decision }) => decision.status === 'pending')
    const programs = await programsOf(api, detail, context.paint)
    return print(context, { ...detail, decisions: pending }, () => [...description(context.paint, detail), ...programs, ...asked(context.paint, pending)])
  })
}

/** How many signals of a step are asked for: more than the lines that are told. */
const said = 100

/** The programs and requests of the steps that have made some, on the branch that the run is on. */
async function programsOf(api: Api, { record, manifest, steps }: RunDetail, paint: Paint): Promise<string[]> {
  const present = new Map(steps.filter(({ branch }) => branch === record.branch).map((step) => [step.step, step]))
  const ran = manifest.steps.flatMap(({ id, kind }) => (kind === 'shell' || kind === 'http' ? (present.get(id) ?? []) : []))
  const blocks = await Promise.all(
    ran.map(async (step) => {
      const { signals } = await api.runs.signals({ run: record.id, step: step.step, limit: said })
      return programLines(paint, step, signals)
    }),
  )
  return blocks.flatMap((lines) => (lines.length === 0 ? [] : ['', ...lines]))
}

function asked(paint: Paint, pending: readonly DecisionView[]): string[] {
  return pending.flatMap((view) => ['', ...question(paint, view)])
}

function description(paint: Paint, { record, manifest, steps }: RunDetail): string[] {
  const { id, workflow, workflowVersion, status, waiting, origin, disarmed, parent, createdAt, endedAt, branch, head, correlation, failure, kept } = record
  const facts = [
    ['workflow', `${workflow}, version ${workflowVersion}`],
    ...(origin === null ? [] : [['replay', replayed(origin)]]),
    ...(disarmed ? [['disarmed', `what touches the outside world waits to be armed${origin === null ? ', since it is a child of a replay' : ''}`]] : []),
    ...(parent === null ? [] : [['parent', `${parent.run}, by its step ${parent.step}${parent.held ? ', and paused with it' : ''}`]]),
    ['started', moment(createdAt)],
    ...(endedAt === null ? [] : [['ended', `${moment(endedAt)}, after ${lasting(endedAt - createdAt)}`]]),
    ...(branch === 0 ? [] : [['branch', `${branch}, since somebody sent the run back: cairn branches tells of all`]]),
    ['checkpoint', String(head)],
    ['correlation', plain(correlation)],
    ...(kept === null ? [] : [['kept', plain(`whatever retention says, by ${kept.by.name}${kept.why === null ? '' : `: ${kept.why}`}`)]]),
    ...(failure === null ? [] : [['failure', plain(failure.message)]]),
    ...(failure?.wayOut === undefined ? [] : [['way out', plain(failure.wayOut)]]),
  ]
  const present = new Map(steps.filter((step) => step.branch === branch).map((step) => [step.step, step]))
  const rows = manifest.steps.flatMap((step) => present.get(step.id) ?? []).map((step) => stepRow(paint, step))
  return [
    `${paint('strong', id)}  ${runStatus(paint, status, waiting)}`,
    ...aligned(facts.map(([name = '', value = '']) => [`  ${paint('inactive', name)}`, value])),
    '',
    ...aligned(rows),
  ]
}

function replayed({ run, checkpoint, edited, pinned }: Origin): string {
  const edits = edited.length === 0 ? '' : `, with ${edited.join(', ')} edited`
  const other = pinned === undefined ? '' : `, by another definition than that of version ${pinned.workflowVersion} which that went by`
  return `of ${run} from checkpoint ${checkpoint}${edits}${other}`
}

function stepRow(paint: Paint, pass: StepRecord): string[] {
  const { step, iteration, status, waiting, attempts, failure, skipped, via, child, follows } = pass
  const took = timeTaken(pass)
  const name = iteration === 1 ? step : `${step} #${iteration}`
  const duration = took === null ? '' : lasting(took)
  const tries = attempts > 1 ? `${attempts} attempts` : ''
  const said = [tries, waiting === null ? '' : whatFor(waiting), via === null ? '' : `by ${via}`, skipped ?? '', child === null ? '' : `child ${child}`, follows === null ? '' : followsInWords(follows), failure === null ? '' : plain(failure.message)]
  return [
    `  ${name}`,
    stepStatus(paint, status, waiting?.for ?? null),
    duration,
    said.filter((part) => part !== '').join(', '),
  ]
}

/** Until when it waits, and what a breaker or a throttle holds it back from; nothing where that hangs on somebody. */
function whatFor({ for: what, until, on }: NonNullable<StepRecord['waiting']>): string {
  if (what === 'resource') return on === undefined ? '' : `fewer reach ${plain(on)} at once, since that was too much (cairn throttles --reset ${plain(on)})`
  if (until === null) return ''
  const when = `until ${moment(until)}`
  return on === undefined ? when : `held back from ${plain(on)} ${when} (cairn breakers --reset ${plain(on)})`
}

/** What failed, after how many tries, and where a restore goes back to. */
function failedLines({ step, failure, tries, checkpoint }: DecisionView['decision']): string[] {
  if (failure === null) return []
  const after = tries === null ? '' : `${step} failed after ${counted(tries, 'attempt')}: `
  return [`${after}${plain(failure.message)}`, ...(checkpoint === null ? [] : [`restore goes back to checkpoint ${checkpoint} unless --checkpoint names another`])]
}

function question(paint: Paint, { decision, shown }: DecisionView): string[] {
  const actions = decision.actions.map(({ name }) => name).join(', ')
  const deadline = decision.deadline === null ? '' : `, until ${moment(decision.deadline)}`
  return [
    paint('attention', `${decision.step} asks for a decision: ${actions}${deadline}`),
    ...failedLines(decision),
    ...(decision.recommended === null ? [] : [`recommended: ${decision.recommended.action}, ${plain(decision.recommended.why)}`]),
    ...(shown === null
      ? []
      : plain(stringify(inWords(shown), { lineWidth: 0 }))
          .trimEnd()
          .split('\n')
          .map((line) => `  ${line}`)),
  ]
}

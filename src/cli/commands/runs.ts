import { RunStatus } from '../../model/status.ts'
import { WorkflowName } from '../../model/ids.ts'
import { parse } from '../../model/query/parse.ts'
import type { RunSummary } from '../../model/views.ts'
import type { Context } from '../context.ts'
import { looking } from '../looking.ts'
import type { Paint } from '../paint.ts'
import { print, table } from '../print.ts'
import { tellDamaged } from '../run/tell-damaged.ts'
import { runStatus } from '../status.ts'
import { lasting, moment } from '../times.ts'
import { UsageError } from '../trouble.ts'

export interface RunsOptions {
  readonly query?: string
  readonly workflow?: string
  readonly status?: readonly string[]
  readonly limit: number
}

/** Lists runs, newest first: those that a query finds, or of a workflow or some statuses. */
export function runs(context: Context, { query, ...filter }: RunsOptions): Promise<number> {
  if (query === undefined) return listed(context, filter)
  if (filter.workflow === undefined && filter.status === undefined) return found(context, query, filter.limit)
  throw new UsageError('--query says all of it: write workflow:<name> and status:<status> into it')
}

async function found(context: Context, query: string, limit: number): Promise<number> {
  const [problem] = parse(query).problems
  if (problem !== undefined) throw new UsageError(`--query: ${problem.message}; ${problem.wayOut}`)
  if (limit < 1 || limit > mostFound) throw new UsageError(`--limit ${limit}: from 1 to ${mostFound} of what a query finds`)
  return looking(context, async ({ client, workspace }) => {
    const page = await client.api.runs.search({ query, limit })
    tellDamaged(context, page.damaged)
    if (page.total === 0) context.terminal.err(`no runs like that in ${workspace}`)
    if (page.total > page.runs.length) context.terminal.err(`these are ${page.runs.length} of ${page.total}: --limit shows more`)
    return print(context, page, () => table(context.paint, titles, page.runs, row))
  })
}

async function listed(context: Context, { workflow, status, limit }: Omit<RunsOptions, 'query'>): Promise<number> {
  if (limit < 1 || limit > mostListed) throw new UsageError(`--limit ${limit}: from 1 to ${mostListed}`)
  const wanted = {
    limit,
    ...(workflow === undefined ? {} : { workflow: nameOf(workflow) }),
    ...(status === undefined ? {} : { status: status.map(statusOf) }),
  }
  const filtered = workflow !== undefined || status !== undefined
  return looking(context, async ({ client, workspace }) => {
    const page = await client.api.runs.list(wanted)
    tellDamaged(context, page.damaged)
    if (page.runs.length === 0) context.terminal.err(`no runs${filtered ? ' like that' : ''} in ${workspace}`)
    if (page.next !== null) context.terminal.err(`there are more: --limit ${Math.min(limit * 2, mostListed)} shows some of them`)
    return print(context, page, () => table(context.paint, titles, page.runs, row))
  })
}

/** As the contract bounds a page. */
const mostListed = 1_000
const mostFound = 200
const titles = ['status', 'workflow', 'run', 'started', 'duration', 'at']

function row(
  { id, workflow, workflowVersion, origin, disarmed, status, waiting, createdAt, endedAt, at }: RunSummary,
  paint: Paint,
): string[] {
  const duration = endedAt === null ? '' : lasting(endedAt - createdAt)
  return [
    runStatus(paint, status, waiting),
    `${workflow} v${workflowVersion}${origin !== null ? ' (replay)' : disarmed ? ' (of a replay)' : ''}`,
    id,
    moment(createdAt),
    duration,
    at.join(', '),
  ]
}

function statusOf(text: string): RunStatus {
  const status = RunStatus.safeParse(text)
  if (!status.success) throw new UsageError(`--status ${text}: a status is one of ${RunStatus.options.join(', ')}`)
  return status.data
}

function nameOf(text: string): WorkflowName {
  const name = WorkflowName.safeParse(text)
  if (!name.success) throw new UsageError(`--workflow ${text} is no name of a workflow`)
  return name.data
}

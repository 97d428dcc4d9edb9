import { RunStatus } from '../../model/status.ts'
import { WorkflowName } from '../../model/ids.ts'
import type { RunSummary } from '../../model/views.ts'
import type { Context } from '../context.ts'
import type { Paint } from '../paint.ts'
import { print, table } from '../print.ts'
import { reading } from '../session.ts'
import { runStatus } from '../status.ts'
import { lasting, moment } from '../times.ts'
import { UsageError } from '../trouble.ts'

export interface RunsOptions {
  readonly workflow?: string
  readonly status?: readonly string[]
  readonly limit: number
}

/** Lists runs, newest first. */
export async function runs(context: Context, { workflow, status, limit }: RunsOptions): Promise<number> {
  const wanted = {
    limit,
    ...(workflow === undefined ? {} : { workflow: nameOf(workflow) }),
    ...(status === undefined ? {} : { status: status.map(statusOf) }),
  }
  const filtered = workflow !== undefined || status !== undefined
  return reading(context, async ({ client, workspace }) => {
    const page = await client.api.runs.list(wanted)
    if (page.runs.length === 0) context.terminal.err(`no runs${filtered ? ' like that' : ''} in ${workspace}`)
    if (page.next !== null) context.terminal.err(`there are more: --limit ${limit * 2} shows some of them`)
    return print(context, page, () => table(context.paint, titles, page.runs, row))
  })
}

const titles = ['status', 'workflow', 'run', 'started', 'duration', 'at']

function row(
  { id, workflow, workflowVersion, status, waiting, createdAt, endedAt, at }: RunSummary,
  paint: Paint,
): string[] {
  const duration = endedAt === null ? '' : lasting(endedAt - createdAt)
  return [
    runStatus(paint, status, waiting),
    `${workflow} v${workflowVersion}`,
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

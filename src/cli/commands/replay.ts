import { StepId } from '../../model/ids.ts'
import type { ReplayEdits } from '../../model/replay.ts'
import type { Context } from '../context.ts'
import { readGivenJson } from '../given-file.ts'
import { print } from '../print.ts'
import { findRun } from '../run-id.ts'
import { namedMoment } from '../run/named-moment.ts'
import { replayLines } from '../run/replay-lines.ts'
import { settle } from '../run/settle.ts'
import { acting, starting } from '../session.ts'
import { runStatus } from '../status.ts'
import { UsageError } from '../trouble.ts'

export interface ReplayOptions {
  /** A file with another input. */
  readonly input?: string
  /** `step=file`, or `step#2=file` for the output of its second iteration. */
  readonly output?: readonly string[]
  readonly reason?: string
  /** The new run goes by the workflow as it is now. */
  readonly present?: boolean
  /** Nothing is begun. */
  readonly preview?: boolean
}

/** Begins a new run at a checkpoint of another, and says beforehand what that leads to. */
export async function replay(context: Context, text: string, at: string, options: ReplayOptions): Promise<number> {
  const edits = await editsOf(context, options)
  const { present = false } = options
  return (present ? starting : acting)(context, async (session) => {
    const { api } = session.client
    const run = await findRun(api, text)
    const checkpoint = await namedMoment(api, run, at)
    const definition = present ? 'present' : 'pinned'
    const told = await api.runs.previewReplay({ run, checkpoint, definition, edits })
    if (options.preview === true) return print(context, told, () => replayLines(context.paint, told))
    if (!context.json) for (const line of replayLines(context.paint, told)) context.terminal.out(line)
    const reason = options.reason === undefined ? {} : { reason: options.reason }
    const begun = await api.runs.replay({ run, checkpoint, definition, revision: told.revision.hash, edits, ...reason })
    const record = await settle(session, begun)
    return print(context, record, () => [`${record.id}  ${runStatus(context.paint, record.status, record.waiting)}`])
  })
}

async function editsOf({ terminal }: Context, { input, output }: ReplayOptions): Promise<ReplayEdits> {
  const outputs = await Promise.all(
    (output ?? []).map(async (given) => {
      const { file, ...pass } = namedOutput(given)
      return { ...pass, value: await readGivenJson(terminal, file) }
    }),
  )
  return {
    ...(input === undefined ? {} : { input: await readGivenJson(terminal, input) }),
    ...(outputs.length === 0 ? {} : { outputs }),
  }
}

const shape = /^([^=#]+)(?:#([1-9]\d*))?=(.+)$/

/** @throws UsageError */
function namedOutput(given: string): { readonly step: StepId; readonly iteration?: number; readonly file: string } {
  const [, name, iteration, file] = shape.exec(given) ?? []
  const step = StepId.safeParse(name)
  if (!step.success || file === undefined) {
    const wayOut = 'write a step and a file with its output: draft=draft.json, or draft#2=draft.json'
    throw new UsageError(`--output ${given}: ${wayOut}`)
  }
  return { step: step.data, file, ...(iteration === undefined ? {} : { iteration: Number(iteration) }) }
}

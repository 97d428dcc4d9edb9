import type { ThrottleName, ThrottleView } from '../../model/throttle.ts'
import type { Context } from '../context.ts'
import { looking } from '../looking.ts'
import { plain } from '../paint.ts'
import { print, table } from '../print.ts'
import { moment } from '../times.ts'
import { UsageError } from '../trouble.ts'

interface Options {
  /** The dependency that is to be reached by as many as before. */
  readonly reset?: string | undefined
  readonly workflow?: string | undefined
  readonly reason?: string | undefined
}

/** What fewer steps reach at once, since it answered that it was too much; or lifts one of these. */
export async function throttles(context: Context, { reset, workflow, reason }: Options): Promise<number> {
  return looking(context, async ({ client: { api } }) => {
    const all = await api.throttles.list()
    const found = reset === undefined ? all : await api.throttles.reset({ ...meant(all.throttles, reset, workflow), reason: reason ?? null })
    return print(context, found, () => (found.throttles.length === 0 ? ['nothing is throttled'] : table(context.paint, titles, found.throttles, row)))
  })
}

/** @throws UsageError where none or several are meant */
function meant(all: readonly ThrottleView[], reset: string, of: string | undefined): ThrottleName {
  const [only, another] = all.filter(({ workflow, dependency }) => dependency === reset && (of ?? workflow) === workflow)
  if (only === undefined) throw new UsageError(`${reset} is not throttled: cairn throttles lists what is`)
  if (another !== undefined) throw new UsageError(`${reset} is throttled in ${only.workflow} and in ${another.workflow}: say which with --workflow`)
  return { workflow: only.workflow, dependency: only.dependency }
}

const titles = ['workflow', 'dependency', 'at once', 'waiting', 'since', 'one more', 'last refused']

function row({ workflow, dependency, underWay, limit, from, waiting, loweredAt, answered, stretch, last }: ThrottleView): string[] {
  const left = Math.max(1, stretch - answered)
  return [
    workflow,
    plain(dependency),
    `${underWay} of ${limit}, were ${from}`,
    waiting === 0 ? 'nobody' : String(waiting),
    moment(loweredAt),
    left === 1 ? 'after the next answer' : `after ${left} more answers`,
    `${last.step} of ${last.run}`,
  ]
}

import type { BreakerName, BreakerView } from '../../model/breaker.ts'
import { counted } from '../../model/counted.ts'
import type { Context } from '../context.ts'
import { looking } from '../looking.ts'
import { type Paint, plain } from '../paint.ts'
import { print, table } from '../print.ts'
import { moment } from '../times.ts'
import { UsageError } from '../trouble.ts'

interface Options {
  /** The dependency whose breaker is to be closed. */
  readonly reset?: string | undefined
  readonly workflow?: string | undefined
  readonly reason?: string | undefined
}

/** The breakers that are open or count failures; or closes one of them. */
export async function breakers(context: Context, { reset, workflow, reason }: Options): Promise<number> {
  return looking(context, async ({ client: { api } }) => {
    const all = await api.breakers.list()
    const found = reset === undefined ? all : await api.breakers.reset({ ...meant(all.breakers, reset, workflow), reason: reason ?? null })
    return print(context, found, () =>
      found.breakers.length === 0 ? ['every breaker is closed'] : table(context.paint, titles, found.breakers, (each) => row(context.paint, each)),
    )
  })
}

/** @throws UsageError where none or several are meant */
function meant(all: readonly BreakerView[], reset: string, of: string | undefined): BreakerName {
  const [only, another] = all.filter(({ workflow, dependency }) => dependency === reset && (of ?? workflow) === workflow)
  if (only === undefined) throw new UsageError(`no breaker of ${reset} is open: cairn breakers lists those that are`)
  if (another !== undefined) throw new UsageError(`${reset} has a breaker in ${only.workflow} and in ${another.workflow}: say which with --workflow`)
  return { workflow: only.workflow, dependency: only.dependency }
}

const titles = ['breaker', 'workflow', 'dependency', 'since', 'lets one through', 'holds back', 'last failed']

const looks = { closed: ['inactive', '● closed'], open: ['failure', '○ open'], half_open: ['attention', '◐ half open'] } as const

function row(paint: Paint, { status, workflow, dependency, since, until, failures, opensAfter, holds, held, last }: BreakerView): string[] {
  const [tone, word] = looks[status]
  const named = held.slice(0, 3).map(({ run, step }) => `${step} of ${run}`)
  return [
    paint(tone, word),
    workflow,
    plain(dependency),
    moment(since),
    status === 'closed' ? `opens after ${counted(opensAfter, 'failure')}, has ${failures}` : until === null ? 'one is let through' : moment(until),
    holds === 0 ? 'nothing' : `${holds}: ${named.join(', ')}${holds > named.length ? ' …' : ''}`,
    last === null ? '' : `${last.step} of ${last.run}, ${last.class}`,
  ]
}

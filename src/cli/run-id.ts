import type { Api } from '../contract/index.ts'
import { RunId } from '../model/ids.ts'
import { UsageError } from './trouble.ts'

/**
 * The run that somebody means by the beginning or the end of its id, in capitals or not.
 * @throws UsageError where none or several are meant
 */
export async function findRun(api: Api, text: string): Promise<RunId> {
  if (text === '') throw new UsageError('no run is named: cairn runs lists those of this workspace')
  const part = text.toUpperCase()
  const whole = RunId.safeParse(part)
  if (whole.success) return whole.data
  const meant = await idsLike(api, part)
  const [only, another] = meant
  if (only === undefined) throw new UsageError(`no run ${text}: cairn runs lists those of this workspace`)
  if (another !== undefined) throw new UsageError(`${text} may mean ${meant.slice(0, 5).join(', ')}: write more of it`)
  return only
}

async function idsLike(api: Api, part: string): Promise<RunId[]> {
  const found: RunId[] = []
  let after: RunId | undefined
  do {
    const page = await api.runs.list({ limit: 1_000, after })
    const ids = [...page.runs.map(({ id }) => id), ...page.damaged.flatMap((id) => RunId.safeParse(id).data ?? [])]
    found.push(...ids.filter((id) => id.startsWith(part) || id.endsWith(part)))
    after = page.next ?? undefined
  } while (after !== undefined)
  return found
}

/** How an id is shown where a person reads it: the end tells runs of one moment apart. */
export function shortId(run: RunId): string {
  return run.slice(-8)
}

import { ORPCError } from '@orpc/client'
import type { Api } from '../../contract/index.ts'
import { errors } from '../../contract/errors.ts'
import type { RunId } from '../../model/ids.ts'
import type { Context } from '../context.ts'

/** What is read of a run to show it; where it is damaged, says first what can be read of it, and by which commands. @throws whatever `read` does */
export async function orLeft<T>({ terminal }: Pick<Context, 'terminal'>, api: Api, run: RunId, read: Promise<T>): Promise<T> {
  try {
    return await read
  } catch (error) {
    if (isDamage(error)) for (const line of await leftOf(api, run)) terminal.err(line)
    throw error
  }
}

const isDamage = (error: unknown): boolean => error instanceof ORPCError && error.code === 'CORRUPTION'

async function leftOf(api: Api, run: RunId): Promise<string[]> {
  const state = await stateOf(api, run)
  const hasList = await api.runs.checkpoints({ run, limit: 1 }).then(
    ({ checkpoints }) => checkpoints.length > 0,
    () => false,
  )
  const left = [
    ...(state === undefined ? [] : [`  its state at checkpoint ${state}: cairn state ${run} ${state}, with --json for all of it`]),
    ...(hasList ? [`  its checkpoints: cairn checkpoints ${run}`] : []),
    '  all other runs: cairn runs',
  ]
  return [`run ${run} is damaged, and cannot be shown; what can be read:`, ...left]
}

/** The checkpoint of which the state can be read: that of its head or, before damage, the newest one. */
async function stateOf(api: Api, run: RunId): Promise<number | undefined> {
  try {
    return (await api.runs.state({ run })).checkpoint.number
  } catch (error) {
    const damage = error instanceof ORPCError ? errors.CORRUPTION.data.safeParse(error.data).data : undefined
    return damage?.nearest ?? undefined
  }
}

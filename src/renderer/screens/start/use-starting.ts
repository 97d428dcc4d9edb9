import { safe } from '@orpc/client'
import { useNavigate } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import { CorrelationId, type Instant, type Millis } from '../../../model/ids.ts'
import type { Manifest } from '../../../model/manifest.ts'
import type { QueueStanding } from '../../../model/resource.ts'
import { useApi } from '../../state/client.ts'
import { hostNow } from '../../state/now.ts'
import { tell } from '../../widgets/feedback/toasts.tsx'
import { type Problem, problemsOf } from '../../widgets/schema-form/check.ts'
import { focusSoon } from '../../widgets/schema-form/focus.ts'
import { problemsOfWritten } from '../../widgets/schema-form/written.ts'
import { loosened } from './loosened.ts'
import { noRefusals, otherRefusals, type Refusals, refusalsAt } from './refusals.ts'
import type { Drafting } from './use-draft.ts'
import { type Draft, useDrafts } from './drafts.ts'

export interface Starting {
  readonly input: readonly Problem[]
  readonly context: readonly Problem[]
  /** What the workflow says that belongs to no field. */
  readonly others: readonly string[]
  /** Why no run was started with what is right, where no queue took it. */
  readonly full: FullQueue | null
  /** It was tried: every problem is said. */
  readonly saysAll: boolean
  readonly isBusy: boolean
  start(): void
  forget(): void
}

/** As many runs were queued as may be, at that time: come back once `retryAfter` is over. */
export interface FullQueue extends QueueStanding {
  readonly at: Instant
  readonly retryAfter: Millis
}

/** The id of the place where all that is in the way is told. */
export const problemsId = 'problems'

/** Checks what is filled in here, then by the workflow itself, and starts the run where nothing is in the way. */
export function useStarting(manifest: Manifest, { draft }: Drafting): Starting {
  const api = useApi()
  const navigate = useNavigate()
  const [saysAll, setSaysAll] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [refusals, setRefusals] = useState<Refusals>(noRefusals)
  const { input, context, written, correlation } = draft
  const [full, setFull] = useState<FullQueue | null>(null)
  const own = useMemo(() => ownProblems(manifest, { input, context, written }), [manifest, input, context, written])
  const refused = useMemo(() => {
    const given = { input, context }
    return { input: refusalsAt('input', refusals, given), context: refusalsAt('context', refusals, given) }
  }, [refusals, input, context])

  const begin = async (): Promise<void> => {
    const given = { workflow: manifest.name, input: input ?? null, ...(context !== undefined && { context }) }
    const named = correlation.trim()
    const { failures } = await api.workflows.check(given)
    const refuse = (reasons: typeof failures): void => {
      setRefusals({ of: { input, context }, failures: reasons })
      focusSoon(problemsId)
    }
    if (failures.length > 0) return refuse(failures)
    const { error, data: run, isDefined } = await safe(
      api.runs.start({ ...given, ...(named !== '' && { correlation: CorrelationId.parse(named) }) }),
    )
    if (isDefined && error.code === 'REFUSED') return refuse(error.data.failures)
    if (isDefined && error.code === 'BUSY') {
      setFull({ ...error.data, at: hostNow() })
      return focusSoon(problemsId)
    }
    if (error !== null) throw error
    await navigate({ to: '/runs/$run', params: { run: run.id } })
    // Not before: the screen would begin again with the run that its address names.
    useDrafts.getState().drop(manifest.name)
  }

  const start = (): void => {
    setSaysAll(true)
    setRefusals(noRefusals)
    setFull(null)
    if (isBusy) return
    if (own.input.length + own.context.length > 0) {
      focusSoon(problemsId)
      return
    }
    setBusy(true)
    begin()
      .catch((error: unknown) => tell.failed(`${manifest.name} was not started`, error instanceof Error ? error.message : String(error)))
      .finally(() => setBusy(false))
  }

  const forget = useCallback((): void => {
    setSaysAll(false)
    setRefusals(noRefusals)
    setFull(null)
  }, [])

  return {
    input: [...own.input, ...refused.input],
    context: [...own.context, ...refused.context],
    others: otherRefusals(refusals).map(({ message, wayOut }) => (wayOut === undefined ? message : `${message}. ${wayOut}`)),
    full,
    saysAll,
    isBusy,
    start,
    forget,
  }
}

/** What the schemas have against what is filled in. */
function ownProblems(manifest: Manifest, { input, context, written }: Pick<Draft, 'input' | 'context' | 'written'>): Record<'input' | 'context', readonly Problem[]> {
  const contextSchema = manifest.enriches ? loosened(manifest.context) : manifest.context
  return {
    input: problemsOfWritten(manifest.input, { value: input, written }),
    context: context === undefined ? [] : problemsOf(contextSchema, context),
  }
}

/** A walk through the whole store that was asked for here. It goes on, and is told of, when the screen is left. */
import { create } from 'zustand'
import type { Api } from '../../../contract/index.ts'
import type { Verification, VerifyProgress } from '../../../model/integrity.ts'
import { tell } from '../../widgets/feedback/toasts.tsx'
import { outcome } from './words.ts'

interface Verifying {
  /** Null where no walk is under way. */
  readonly progress: VerifyProgress | null
  /** What the last one came to. */
  readonly result: Verification | null
}

export const useVerifying = create<Verifying>()(() => ({ progress: null, result: null }))

/** Begins a walk; where one is under way, nothing. */
export async function verify(api: Api): Promise<void> {
  if (useVerifying.getState().progress !== null) return
  useVerifying.setState({ progress: { part: 'schema', done: 0, findings: 0 } })
  try {
    for await (const item of await api.integrity.verify()) {
      if (item.type === 'progress') useVerifying.setState({ progress: item })
      else end(item)
    }
  } catch (error) {
    tell.failed('The store was not verified', error instanceof Error ? error.message : String(error))
  } finally {
    useVerifying.setState({ progress: null })
  }
}

function end(result: Verification): void {
  useVerifying.setState({ result })
  if (result.findings.length === 0) tell.done('The store is whole', outcome(result))
  else tell.failed('The store is damaged', outcome(result))
}

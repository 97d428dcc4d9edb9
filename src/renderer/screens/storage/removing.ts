/** A removal that was asked for here. It goes on, and is told of, when the screen is left. */
import { create } from 'zustand'
import type { Api } from '../../../contract/index.ts'
import { bytes } from '../../../model/bytes.ts'
import { goingInWords, type RetentionProgress } from '../../../model/retention.ts'
import { tell } from '../../widgets/feedback/toasts.tsx'
import { sizeWords } from './retention-words.ts'
import { counted } from '../../../model/counted.ts'

type Removing = Omit<RetentionProgress, 'type'>

const nothing = { runs: 0, checkpoints: 0, bytes: 0 }

/** Null where none is under way. */
export const useRemoving = create<{ readonly progress: Removing | null }>()(() => ({ progress: null }))

/** Begins a removal; where one is under way, nothing. */
export async function removePast(api: Api): Promise<void> {
  if (useRemoving.getState().progress !== null) return
  useRemoving.setState({ progress: { ...nothing, of: nothing } })
  try {
    for await (const item of await api.retention.apply({})) {
      if (item.type === 'removed') useRemoving.setState({ progress: item })
      else {
        const { removed, trimmed, left, untrimmed } = item
        const stay = left === 0 ? '' : `; ${counted(left, 'run')} moved meanwhile, and stay`
        const whole = untrimmed === 0 ? '' : `; of ${counted(untrimmed, 'run')} that ${untrimmed === 1 ? 'stays' : 'stay'} more goes another time`
        tell.done(`${goingInWords(removed.runs, trimmed)} removed`, `${bytes(removed.bytes)}; ${sizeWords(item)}${stay}${whole}`)
      }
    }
  } catch (error) {
    tell.failed('Not all was removed', error instanceof Error ? error.message : String(error))
  } finally {
    useRemoving.setState({ progress: null })
  }
}

import { goBackByItself } from './go-back.ts'
import type { Strategy } from './strategy.ts'

/** A run of which something is damaged goes back to the newest checkpoint that is whole: by itself (`damage.ts`), or by a person. */
export const restoreValid: Strategy = {
  only: 'corruption',
  // What is damaged is met while a run is read, not while a step is at work: such a run is set aside, and recovered as a whole.
  plan: () => ({ not: 'a run of which something is damaged is set aside, and recovered as a whole' }),
  carryOut: goBackByItself,
  ofRun({ failure, whole }) {
    if (failure.class !== 'corruption') return { not: 'nothing of its state is damaged' }
    return whole === null ? { not: 'no checkpoint of it is whole' } : { checkpoint: whole, why: `checkpoint ${whole} is the newest that is whole` }
  },
}

import { freshInputs, notAgainByItself } from './fresh-inputs.ts'
import { goBackByItself, planBack } from './go-back.ts'
import type { Strategy } from './strategy.ts'

/**
 * The run goes back to before what the step needs had completed, so that what it goes by is made anew; a retry goes by what there is.
 * It is for what fails because of what came before it.
 */
export const restartFromCheckpoint: Strategy = {
  plan(situation) {
    const { state, record } = situation
    const inputs = freshInputs(state, record)
    if (inputs === undefined) return { not: 'it needs nothing that could be made anew' }
    const not = notAgainByItself(state, record, inputs.again)
    if (not !== undefined) return { not }
    return planBack(situation, inputs.checkpoint, `what ${record.step} goes by is made anew`)
  },
  carryOut: goBackByItself,
  ofRun({ state, failed }) {
    if (failed === null) return { not: 'no step of it failed' }
    const inputs = freshInputs(state, failed)
    if (inputs === undefined) return { not: `${failed.step} needs nothing that could be made anew` }
    const not = notAgainByItself(state, failed, inputs.again)
    return not === undefined ? { checkpoint: inputs.checkpoint, why: `what ${failed.step} goes by is made anew` } : { not }
  },
}

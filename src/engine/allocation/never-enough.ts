import { isLimit } from '../../model/resource.ts'
import type { RunState } from '../state/run-state.ts'
import { waitsOf } from './needs.ts'
import type { HowMuch } from './serve.ts'
import type { Blocked } from './victim.ts'

/**
 * A pass of the run that waits for more of something than there is, whoever lets go. Of what there is none, somebody has closed it:
 * that is waited for.
 */
export function neverEnough(state: RunState, capacity: HowMuch): Blocked | undefined {
  for (const { run, pass, needs } of waitsOf(state)) {
    const short = [...needs].find(([name, amount]) => !isLimit(name) && capacity(name) > 0 && capacity(name) < amount)
    if (pass === null || short === undefined) continue
    const [name, amount] = short
    return {
      run,
      pass,
      failure: {
        class: 'deadlock',
        name: 'NeverEnough',
        message: `${pass.step} wants ${amount} of ${name}, and there is ${capacity(name)} of it in all`,
        wayOut: `raise resources.${name} in cairn.config.yaml and have it tried again, or let the step want less of it`,
      },
    }
  }
  return undefined
}

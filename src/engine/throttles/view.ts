import { NotFound } from '../../model/control-errors.ts'
import type { ResourceStanding } from '../../model/resource.ts'
import type { ThrottleName, ThrottleView } from '../../model/throttle.ts'
import type { ThrottleStanding } from './throttles.ts'

/** A throttle as it is shown, with how its limit stands. */
export function throttleView({ throttle, answered, rules: { stretch } }: ThrottleStanding, { capacity, held, waiting }: Pick<ResourceStanding, 'capacity' | 'held' | 'waiting'>): ThrottleView {
  return { ...throttle, limit: capacity, underWay: held, waiting, answered, stretch }
}

export function noSuchThrottle({ workflow, dependency }: ThrottleName): NotFound {
  return new NotFound('throttle', `${dependency} of ${workflow}`, 'list the throttles to see which there are')
}

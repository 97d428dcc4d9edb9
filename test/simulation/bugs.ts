/**
 * Bugs that are planted into the real engine, one at a time. A simulation that does not find them proves nothing.
 *
 * Each says what of which module is another, what the simulation has to say of it, and a seed that finds it: where that does not
 * any more, since lives go another way, the others are searched.
 */
import { breakerBugs } from './bugs/breakers.ts'
import type { Bug } from './bugs/bug.ts'
import { childBugs } from './bugs/children.ts'
import { compensationBugs } from './bugs/compensations.ts'
import { effectBugs } from './bugs/effects.ts'
import { goingBackBugs } from './bugs/going-back.ts'
import { holdBugs } from './bugs/holds.ts'
import { keepingBugs } from './bugs/keeping.ts'
import { resourceBugs } from './bugs/resources.ts'
import { stepBugs } from './bugs/steps.ts'
import { strategyBugs } from './bugs/strategies.ts'
import { tellingBugs } from './bugs/telling.ts'
import { throttleBugs } from './bugs/throttles.ts'
import { timeBugs } from './bugs/time.ts'

export const bugs: readonly Bug[] = [
  ...resourceBugs,
  ...holdBugs,
  ...breakerBugs,
  ...throttleBugs,
  ...strategyBugs,
  ...effectBugs,
  ...compensationBugs,
  ...childBugs,
  ...stepBugs,
  ...timeBugs,
  ...keepingBugs,
  ...goingBackBugs,
  ...tellingBugs,
]

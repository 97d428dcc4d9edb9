import type { Outside } from '../../model/ahead.ts'
import type { Before } from '../../model/before.ts'
import { passOfKey } from '../../model/idempotency-key.ts'
import type { RunId } from '../../model/ids.ts'
import type { Paint } from '../paint.ts'
import { moment } from '../times.ts'

/** What touches the outside world, and what it did there before. */
export function outsideLines(paint: Paint, { step, phase, key, certain, repeat, before }: Outside): string[] {
  const how = certain ? 'touches the outside world' : 'may touch the outside world'
  const safe = repeat === 'safe' ? ', whose receiver honours the key' : ''
  return [paint('attention', `${phase === 'compensate' ? 'undoing ' : ''}${step} ${how}, under ${key}${safe}`), ...beforeLines(paint, before, passOfKey(key)?.run)]
}

/** What a step did outside before, or may have done; where that was not in the run itself, in which. */
export function beforeLines(paint: Paint, before: readonly Before[], own?: RunId): string[] {
  return before.map(({ key, at, inDoubt }) => {
    const run = passOfKey(key)?.run
    const who = run === undefined || run === own ? '' : `run ${run} `
    return paint('attention', `  ${who}${inDoubt ? 'may have done so' : 'did so'} ${moment(at)}, under ${key}${inDoubt ? ': nobody knows whether it happened' : ''}`)
  })
}

import type { Outside } from '../../model/ahead.ts'
import type { Before } from '../../model/before.ts'
import type { Paint } from '../paint.ts'
import { moment } from '../times.ts'

/** What touches the outside world, and what it did there before. */
export function outsideLines(paint: Paint, { step, phase, key, certain, repeat, before }: Outside): string[] {
  const how = certain ? 'touches the outside world' : 'may touch the outside world'
  const safe = repeat === 'safe' ? ', whose receiver honours the key' : ''
  return [paint('attention', `${phase === 'compensate' ? 'undoing ' : ''}${step} ${how}, under ${key}${safe}`), ...beforeLines(paint, before)]
}

/** What a step did outside before, or may have done. */
export function beforeLines(paint: Paint, before: readonly Before[]): string[] {
  return before.map(({ key, at, inDoubt }) =>
    paint('attention', `  ${inDoubt ? 'may have done so' : 'did so'} ${moment(at)}, under ${key}${inDoubt ? ': nobody knows whether it happened' : ''}`),
  )
}

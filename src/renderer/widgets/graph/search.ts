import type { StepId } from '../../../model/ids.ts'
import type { StepManifest } from '../../../model/manifest.ts'
import { itemLook } from './item-look.ts'
import type { Overlay } from './overlay.ts'

/**
 * Steps that every word of the text is found in: in id, title, kind, or the word of the status ("failed"). In the
 * author's order; none for an empty text.
 */
export function searchSteps(text: string, steps: Iterable<StepManifest>, overlay: Overlay): readonly StepId[] {
  const words = folded(text).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  return Array.from(steps).flatMap(({ id, title = '', kind }) => {
    const shown = overlay.get(id)
    const about = folded(`${id} ${title} ${kind} ${shown === undefined ? '' : itemLook(shown).word}`)
    return words.every((word) => about.includes(word)) ? [id] : []
  })
}

/** The one after `current`, around the end; the first where `current` is none of them. */
export function following<Each>(found: readonly Each[], current: Each | null, by: 1 | -1 = 1): Each | undefined {
  const place = current === null ? -1 : found.indexOf(current)
  return place === -1 ? found.at(by === 1 ? 0 : -1) : found[(place + by + found.length) % found.length]
}

const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

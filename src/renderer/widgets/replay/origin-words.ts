/** What a replay was made from, in words. */
import type { Origin } from '../../../model/run.ts'
import { shortId } from '../identity/short-id.tsx'
import { nameOfKey } from '../identity/state-key.ts'

/** `input`, or `draft and route`; null where nothing was. */
export function editedInWords({ edited }: Origin): string | null {
  const names = edited.map(nameOfKey)
  const last = names.at(-1)
  if (last === undefined) return null
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} and ${last}`
}

/** What is otherwise than in the run that it was made from: `draft edited, another definition`; null where nothing is. */
export function otherwiseInWords(origin: Origin): string | null {
  const edited = editedInWords(origin)
  const parts = [...(edited === null ? [] : [`${edited} edited`]), ...(origin.pinned === undefined ? [] : ['another definition'])]
  return parts.length === 0 ? null : parts.join(', ')
}

/** In a sentence of its own. */
export function originInWords(origin: Origin): string {
  const otherwise = otherwiseInWords(origin)
  return `A replay of ${shortId(origin.run)} from checkpoint ${origin.checkpoint}${otherwise === null ? '' : `, with ${otherwise}`}`
}

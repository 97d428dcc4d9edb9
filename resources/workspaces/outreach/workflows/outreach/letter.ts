import { corrected, isCorrection } from './corrections.ts'
import type { Draft } from './draft.ts'
import type { Final } from './final.ts'

/** The whole letter: greeting, body, sign-off. */
export function letterOf({ greeting, signOff }: Draft, body: string): string {
  return [greeting, body, signOff].filter((part) => part !== '').join('\n\n')
}

/** The letter that was made of a draft, before anybody changed it. */
export function letterMade(draft: Draft, { applied }: Final): string {
  return letterOf(draft, corrected(draft.body, applied.filter(isCorrection)))
}

/** What stands between the greeting and the sign-off of a draft, where they still stand around it. */
export function bodyOf(letter: string, { greeting, signOff }: Draft): string {
  const from = letter.startsWith(greeting) ? greeting.length : 0
  const to = letter.endsWith(signOff) ? letter.length - signOff.length : letter.length
  return letter.slice(from, Math.max(from, to)).trim()
}

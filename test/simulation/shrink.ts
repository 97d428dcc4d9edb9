/** Finds what of a story is needed for it to go wrong in the same way: parts are left out as long as it still does. */
import type { Life } from './simulate.ts'
import type { Told } from './story.ts'

/** Lives that are lived at most to shrink one. */
const mostLives = 200

export interface Shrunk {
  readonly life: Life
  /** What was left out, by its keys. */
  readonly without: ReadonlySet<string>
}

/** `live` lives the same seed without some of its story. */
export async function shrink(whole: Life, live: (without: ReadonlySet<string>) => Promise<Life>): Promise<Shrunk> {
  const wanted = signature(whole.failure)
  let shrunk: Shrunk = { life: whole, without: new Set() }
  let lives = 0
  let size = Math.ceil(whole.story.length / 2)
  while (size >= 1 && lives < mostLives) {
    let isShorter = false
    for (const part of parts(shrunk.life.story, size)) {
      if ((lives += 1) > mostLives) break
      const without = new Set([...shrunk.without, ...part.map(({ key }) => key)])
      const life = await live(without)
      if (signature(life.failure) !== wanted || life.story.length >= shrunk.life.story.length) continue
      shrunk = { life, without }
      isShorter = true
      break
    }
    if (!isShorter) size = size === 1 ? 0 : Math.ceil(size / 2)
  }
  return shrunk
}

/** From the end: what came last is closest to what went wrong, and what came before it can often go whole. */
function parts(story: readonly Told[], size: number): (readonly Told[])[] {
  const found: (readonly Told[])[] = []
  for (let at = 0; at < story.length; at += size) found.push(story.slice(at, at + size))
  return found
}

/** What went wrong, without which run and which step it was. */
function signature(failure: Error | undefined): string | undefined {
  if (failure === undefined) return undefined
  return /invariant \d+/.exec(failure.message)?.[0] ?? `${failure.name} ${failure.message.replaceAll(/\S*\d\S*/g, '').slice(0, 60)}`
}

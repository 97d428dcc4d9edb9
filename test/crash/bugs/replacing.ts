/** Plants a bug: a part of a source is another when it is loaded. */
import { registerHooks } from 'node:module'

/** @throws Error where the source does not hold the part: then nothing would be planted, and nothing proven */
export function replacing(file: string, part: string, by: string): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context)
      if (!url.endsWith(file)) return loaded
      const source = loaded.source instanceof Uint8Array ? Buffer.from(loaded.source).toString() : loaded.source
      if (typeof source !== 'string') throw new Error(`${file} is no text`)
      if (!source.includes(part)) throw new Error(`${file} does not hold: ${part}`)
      return { ...loaded, source: source.replace(part, () => by) }
    },
  })
}

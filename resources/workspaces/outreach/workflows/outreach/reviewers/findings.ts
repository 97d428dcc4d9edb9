import type { Root } from 'nlcst'
import { VFile } from 'vfile'

/** What a retext plugin found in a text. */
export interface Finding {
  readonly plugin: string
  readonly rule: string
  readonly start: number
  readonly end: number
  /** What the plugin would write instead; empty where it knows nothing, or would leave the words out. */
  readonly alternatives: readonly string[]
  readonly message: string
}

/** As much of a unified processor as a review needs. */
export interface Checker {
  parse(file: VFile): Root
  runSync(tree: Root, file: VFile): unknown
}

export function findingsOf(text: string, checker: Checker): readonly Finding[] {
  const file = new VFile(text)
  checker.runSync(checker.parse(file), file)
  return file.messages.flatMap(({ source, ruleId, place, expected, reason }) => {
    if (place === undefined || !('start' in place)) return []
    const start = place.start.offset
    const end = place.end.offset
    if (start === undefined || end === undefined) return []
    return [{ plugin: source ?? '', rule: ruleId ?? '', start, end, alternatives: expected ?? [], message: reason }]
  })
}

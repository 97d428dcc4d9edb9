/** Two texts as one list of lines: what went, what came, and of a line that changed, which words. */
import { diffLines, diffWordsWithSpace } from 'diff'

export interface Part {
  readonly text: string
  readonly changed: boolean
}

export type TextLine =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly parts: readonly Part[] }
  | { readonly kind: 'folded'; readonly lines: number }

/** Beyond so many changed lines the texts are shown as one that went and one that came. */
const mostEdits = 2_000
/** A pair of lines of which less than this share is the same is two lines, not one that changed. */
const leastAlike = 0.3
/** Longer lines are not compared word by word. */
const longestLine = 4_000

/** `context` unchanged lines stand around each change; longer stretches of them are folded. */
export function textLines(before: string, after: string, context = 3): readonly TextLine[] {
  const blocks = diffLines(before, after, { maxEditLength: mostEdits }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ]
  const lines = blocks.flatMap((block, index): TextLine[] => {
    const next = blocks[index + 1]
    const previous = blocks[index - 1]
    if (block.removed && next?.added === true) return changedLines(linesOf(block.value), linesOf(next.value))
    if (block.added && previous?.removed === true) return []
    const kind = block.removed ? 'removed' : block.added ? 'added' : 'same'
    return linesOf(block.value).map((text) => whole(kind, text))
  })
  return fold(lines, context)
}

function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/)
}

const whole = (kind: 'same' | 'added' | 'removed', text: string): TextLine => ({
  kind,
  parts: [{ text, changed: false }],
})

/** Lines that were replaced by others: each stands beside the one that took its place, where they are alike. */
function changedLines(before: readonly string[], after: readonly string[]): TextLine[] {
  const removed: TextLine[] = []
  const added: TextLine[] = []
  for (const index of Array(Math.max(before.length, after.length)).keys()) {
    const [old, fresh] = [before[index], after[index]]
    const words = old !== undefined && fresh !== undefined ? changedWords(old, fresh) : undefined
    if (old !== undefined) removed.push(words?.removed ?? whole('removed', old))
    if (fresh !== undefined) added.push(words?.added ?? whole('added', fresh))
  }
  return [...removed, ...added]
}

function changedWords(
  before: string,
  after: string,
): { readonly removed: TextLine; readonly added: TextLine } | undefined {
  if (Math.max(before.length, after.length) > longestLine) return undefined
  const changes = diffWordsWithSpace(before, after)
  const common = changes.reduce((sum, { added, removed, value }) => sum + (added || removed ? 0 : value.length), 0)
  if (common < leastAlike * Math.max(before.length, after.length)) return undefined
  const side = (skipped: 'added' | 'removed'): Part[] =>
    changes
      .filter((change) => !change[skipped])
      .map(({ value, added, removed }) => ({ text: value, changed: added || removed }))
  return { removed: { kind: 'removed', parts: side('added') }, added: { kind: 'added', parts: side('removed') } }
}

function fold(lines: readonly TextLine[], context: number): TextLine[] {
  const near = lines.map(() => false)
  for (const [index, { kind }] of lines.entries()) {
    if (kind !== 'same') near.fill(true, Math.max(0, index - context), index + context + 1)
  }
  const shown: TextLine[] = []
  for (const [index, line] of lines.entries()) {
    const last = shown.at(-1)
    // Folding a single line saves nothing.
    if (near[index] === true || (near[index - 1] !== false && near[index + 1] !== false)) shown.push(line)
    else if (last?.kind === 'folded') shown[shown.length - 1] = { kind: 'folded', lines: last.lines + 1 }
    else shown.push({ kind: 'folded', lines: 1 })
  }
  return shown
}

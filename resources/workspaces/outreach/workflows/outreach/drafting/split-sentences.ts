import { capitalised, sentencesOf, wordCount } from '../prose.ts'

/** Where a sentence may end early: what stands there, and how the next sentence then begins. */
const joints: readonly (readonly [RegExp, (rest: string) => string])[] = [
  [/;\s+/, capitalised],
  [/\s+[–—]\s+/, capitalised],
  [/,\s+which\s+/, (rest) => `This ${rest}`],
  [/,\s+but\s+/, (rest) => `But ${rest}`],
  [/,\s+so\s+(?:that\s+)?/, (rest) => `So ${rest}`],
  [/,?\s+and\s+(?=(?:I|we|you|they|it|he|she)\s)/, (rest) => `Also, ${rest}`],
  // A noun may be the last of a list: only behind the first comma is it surely the next subject.
  [/(?<=^[^,]*),\s+and\s+(?=(?:this|these|the|our|your|each|every|all)\s)/, (rest) => `Also, ${rest}`],
]

/** Both halves must be able to stand alone. */
const shortest = 4

/** The text with each sentence of it ended wherever one of its clauses can stand alone. */
export function splitSentences(text: string): string {
  return sentencesOf(text)
    .map(({ text: sentence }) => splitOne(sentence))
    .join(' ')
}

function splitOne(sentence: string): string {
  for (const [joint, begin] of joints) {
    const found = joint.exec(sentence)
    if (found === null) continue
    const head = sentence.slice(0, found.index)
    const rest = sentence.slice(found.index + found[0].length)
    if (wordCount(head) >= shortest && wordCount(rest) >= shortest) return `${splitOne(`${head}.`)} ${splitOne(begin(rest))}`
  }
  return sentence
}

/** Words at the start of a sentence that tie it to what stands before it. */
const connectives = `accordingly|after that|also|and|as a result|because|besides|but|for example|for instance|for that|hence|
however|if so|in addition|in return|in short|in turn|instead|likewise|meanwhile|moreover|on top of that|otherwise|similarly|
so|still|that is why|then|therefore|to that end|until then|with that|yet`
const pointers = 'both|he|here|it|its|she|such|that|their|there|these|they|this|those'
/** These tie only with a comma or a colon behind them: “First, we …”, not “First orders are free”. */
const counters = 'finally|first|second|third|fourth|fifth|sixth|seventh|last|next'

const opening = new RegExp(
  String.raw`^\P{L}*(?:(?:${connectives.replaceAll('\n', '')}|${pointers})(?!\p{L})|(?:${counters})[,:])`,
  'iu',
)

export function pointsBack(sentence: string): boolean {
  return opening.test(sentence)
}

/** The index is not what it should be. It is made anew; nobody outside hears of this. */
export class IndexBroken extends Error {
  override readonly name = 'IndexBroken'
}

/**
 * Words that retext-intensify flags and that a letter can always do without. It also flags words that carry the
 * meaning (can, will, often, about); those are left alone.
 */
export const emptyWords: ReadonlySet<string> = new Set(
  `absolutely actually apparently arguably basically certainly completely definitely effectively entirely
  essentially exceedingly extremely frankly fully hopefully interestingly just literally maybe obviously particularly
  perhaps practically really remarkably seriously significantly simply somehow somewhat substantially surely
  surprisingly totally truly ultimately very virtually`.split(/\s+/),
)

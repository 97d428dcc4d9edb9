/** Text as it is compared: without regard to case, and with every gap one space. The index keeps it so: no line ends within. */
export function folded(text: string): string {
  return text.toLowerCase().replaceAll(/[\s\0]+/g, ' ').toWellFormed()
}

/** Characters of a failure's message, and of each value, that can be searched for. */
export const searchedCharacters = 16_384

/** As much of a text as can be searched for, folded. */
export function searched(text: string): string {
  return folded(text.slice(0, searchedCharacters))
}

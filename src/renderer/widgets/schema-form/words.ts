/** Names that code has, as people read them: `keyPoints` is `Key points`. */
export function spoken(name: string): string {
  const words = name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ').trim().toLowerCase()
  return words === '' ? name : words[0]?.toUpperCase() + words.slice(1)
}

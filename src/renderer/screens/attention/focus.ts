/** Where the keyboard goes as items are moved through and opened. */
export const itemPlace = 'chosen-item'
export const rowPlace = (key: string): string => `row:${key}`

export function focusItem(): void {
  document.getElementById(itemPlace)?.focus()
}

/** False where the row is not on the screen: a narrow window shows what was opened in place of the list. */
export function focusRow(key: string): boolean {
  const row = document.getElementById(rowPlace(key))
  if (row?.checkVisibility() !== true) return false
  row.focus()
  row.scrollIntoView({ block: 'nearest' })
  return true
}

/** The place of the first item from which on it is so, in a list in which it is so of all that follow one; its length where there is none. */
export function firstPlace<Item>(items: readonly Item[], isSo: (item: Item) => boolean): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    const item = items[middle]
    if (item === undefined || isSo(item)) high = middle
    else low = middle + 1
  }
  return low
}

/** The place of the last one with that number or a smaller one, in a list in which numbers grow; -1 where there is none. */
export function placeUpTo(items: readonly { readonly number: number }[], number: number): number {
  return firstPlace(items, (item) => item.number > number) - 1
}

/** The one with that number, in a list in which numbers grow. */
export function numbered<Item extends { readonly number: number }>(items: readonly Item[], number: number | undefined): Item | undefined {
  const item = number === undefined ? undefined : items[placeUpTo(items, number)]
  return item?.number === number ? item : undefined
}

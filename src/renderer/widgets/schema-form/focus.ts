const inputs = 'input, textarea, select, button'

/** Brings a person to the element, or to the first thing in it that takes input. */
export function focusOn(id: string): void {
  const place = document.getElementById(id)
  const input = place?.matches(inputs) === true ? place : place?.querySelector<HTMLElement>(inputs)
  const target = input ?? place
  target?.scrollIntoView({ block: 'center' })
  target?.focus({ preventScroll: true })
}

/** The same, once what was just changed is drawn. */
export function focusSoon(id: string): void {
  requestAnimationFrame(() => focusOn(id))
}

/** How much of it is held, in words and as a bar that says nothing else. */
export function Meter({ held, capacity }: { readonly held: number; readonly capacity: number }) {
  const share = capacity === 0 ? 0 : Math.min(1, held / capacity)
  return (
    <span className="meter">
      <span className="bar" aria-hidden data-full={held >= capacity && capacity > 0}>
        <span style={{ inlineSize: `${100 * share}%` }} />
      </span>
      <span className="figure">
        {held.toLocaleString('en')} of {capacity.toLocaleString('en')}
      </span>
    </span>
  )
}

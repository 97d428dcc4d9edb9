import { Activity, type ComponentType, useState } from 'react'

interface PlacesProps<Each> {
  /** The same list for as long as it says the same. */
  readonly of: readonly Each[]
  /** Draws one of them, and not again while that is the same. */
  readonly as: ComponentType<{ readonly of: Each }>
}

/** Of a long list no more than so many stay for a shorter one that follows. */
const most = 4

/**
 * A place for each of a list that is another at every moment. A place that is not needed stays in the page, unseen, with
 * what it showed last: to make one anew takes longer than a frame of a scrub has.
 */
export function Places<Each>({ of, as: Drawn }: PlacesProps<Each>) {
  const [shown, setShown] = useState({ of, drawn: of })
  if (shown.of !== of) setShown({ of, drawn: [...of, ...shown.drawn.slice(of.length, most)] })
  return shown.drawn.map((each, place) => (
    <Activity key={place} mode={place < of.length ? 'visible' : 'hidden'}>
      <Drawn of={each} />
    </Activity>
  ))
}

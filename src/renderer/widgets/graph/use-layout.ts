import { useEffect, useState } from 'react'
import type { View } from './collapse.ts'
import type { Layout } from './layout.ts'
import { layoutOf } from './layouts.ts'

/** A view with where its parts stand. */
export interface Placed {
  readonly view: View
  readonly layout: Layout
}

export type Placing = { readonly placed: Placed | undefined; readonly failure: string | undefined }

/** The newest layout that is made: the one before is shown until then. */
export function useLayout(view: View): Placing {
  const [placing, setPlacing] = useState<Placing>({ placed: undefined, failure: undefined })
  useEffect(() => {
    let isStale = false
    layoutOf(view).then(
      (layout) => isStale || setPlacing({ placed: { view, layout }, failure: undefined }),
      (error: unknown) => isStale || setPlacing(({ placed }) => ({ placed, failure: String(error) })),
    )
    return () => {
      isStale = true
    }
  }, [view])
  return placing
}

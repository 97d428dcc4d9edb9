import { Callout } from '../../../widgets/feedback/callout.tsx'

/** Said where an item has left the list while it was looked at. */
export function Over({ isOver, children }: { readonly isOver: boolean; readonly children: string }) {
  if (!isOver) return null
  return (
    <Callout tone="running" title="This no longer needs attention">
      {children}
    </Callout>
  )
}

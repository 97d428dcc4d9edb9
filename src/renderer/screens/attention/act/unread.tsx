import { ShownText } from '../../../widgets/text/shown-text.tsx'

/** Said beside the answers, for as long as there is more than what is shown. */
export function Unread({ of }: { readonly of: readonly string[] }) {
  if (of.length === 0) return null
  return (
    <p className="unread-part" data-tone="attention">
      Only a part of it is shown: <ShownText text={of.join(', ')} />
    </p>
  )
}

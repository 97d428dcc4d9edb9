import { Check, Minus } from 'lucide-react'

/** A box as it is ticked; whoever holds it says so in words. */
export function MarkBox({ state }: { readonly state: boolean | 'some' }) {
  return (
    <span className="mark-box" data-state={state} aria-hidden>
      {state === true && <Check size={12} strokeWidth={3} />}
      {state === 'some' && <Minus size={12} strokeWidth={3} />}
    </span>
  )
}

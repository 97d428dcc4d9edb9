import { EyeOff } from 'lucide-react'
import { type Hidden, hiddenWords } from '../../../model/sensitive/hidden.ts'
import './hidden-mark.css'

/** Stands in the place of a value that does not leave the host. */
export function HiddenMark({ of }: { readonly of: Pick<Hidden, '$hidden'> }) {
  return (
    <span className="hidden-mark" title={of.$hidden === 'sensitive' ? 'The workflow marks it as sensitive: it stays in the store' : undefined}>
      <EyeOff size={12} aria-hidden />
      {hiddenWords(of)}
    </span>
  )
}

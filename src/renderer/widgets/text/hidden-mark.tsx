import { EyeOff } from 'lucide-react'
import { hiddenWords } from '../../../model/sensitive/hidden.ts'
import './hidden-mark.css'

/** Stands in the place of a value that does not leave the host. */
export function HiddenMark() {
  return (
    <span className="hidden-mark" title="The workflow marks it as sensitive: it stays in the store">
      <EyeOff size={12} aria-hidden />
      {hiddenWords}
    </span>
  )
}

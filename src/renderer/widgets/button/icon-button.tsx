import { Button as Base } from '@base-ui/react/button'
import type { LucideIcon } from 'lucide-react'
import { Hint } from '../tooltip/hint.tsx'
import './button.css'

interface IconButtonProps {
  readonly icon: LucideIcon
  /** What it does: its name for those who do not see it, its hint for those who do. */
  readonly label: string
  readonly onPress: () => void
  readonly keys?: string
  readonly pressed?: boolean
  readonly unavailable?: string | undefined
}

export function IconButton({ icon: Icon, label, onPress, keys, pressed, unavailable }: IconButtonProps) {
  return (
    <Hint says={unavailable === undefined ? label : `${label}: ${unavailable}`} keys={keys}>
      <Base
        className="icon-button"
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        disabled={unavailable !== undefined}
        focusableWhenDisabled
        onClick={onPress}
      >
        <Icon size={15} aria-hidden />
      </Base>
    </Hint>
  )
}

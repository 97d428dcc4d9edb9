import { Button as Base } from '@base-ui/react/button'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Hint } from '../tooltip/hint.tsx'
import { Keys } from './keys.tsx'
import './button.css'

interface ButtonProps {
  readonly children: ReactNode
  readonly onPress: () => void
  readonly tone?: 'plain' | 'primary' | 'danger' | 'quiet'
  readonly icon?: LucideIcon
  /** The key that does the same, as tinykeys spells it. */
  readonly keys?: string
  /** Why it cannot be pressed: it stays in reach of the keyboard and says so. */
  readonly unavailable?: string | undefined
  readonly busy?: boolean
  readonly submits?: boolean
}

export function Button({ children, onPress, tone = 'plain', icon: Icon, keys, unavailable, busy, submits }: ButtonProps) {
  const button = (
    <Base
      className={`button ${tone}`}
      type={submits === true ? 'submit' : 'button'}
      disabled={unavailable !== undefined || busy === true}
      focusableWhenDisabled
      aria-busy={busy}
      onClick={onPress}
    >
      {Icon !== undefined && <Icon size={14} aria-hidden />}
      <span>{children}</span>
      {keys !== undefined && <Keys keys={keys} />}
    </Base>
  )
  return unavailable === undefined ? button : <Hint says={unavailable}>{button}</Hint>
}

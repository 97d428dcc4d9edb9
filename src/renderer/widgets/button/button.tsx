import { Button as Base } from '@base-ui/react/button'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { type AsksHost, useObstacles } from '../../state/connection.ts'
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
  /** Set where the host has to do it: it cannot be pressed while the host is away. */
  readonly asksHost?: AsksHost
  readonly busy?: boolean
  readonly submits?: boolean
}

export function Button({ children, onPress, tone = 'plain', icon: Icon, keys, unavailable, asksHost, busy, submits }: ButtonProps) {
  const obstacle = useObstacles()(asksHost) ?? unavailable
  const button = (
    <Base
      className={`button ${tone}`}
      type={submits === true ? 'submit' : 'button'}
      disabled={obstacle !== undefined || busy === true}
      focusableWhenDisabled
      aria-busy={busy}
      onClick={onPress}
    >
      {Icon !== undefined && <Icon size={14} aria-hidden />}
      <span>{children}</span>
      {keys !== undefined && <Keys keys={keys} />}
    </Base>
  )
  // What may become unavailable by itself is the same element before and after: it keeps the focus.
  return obstacle === undefined && (asksHost ?? false) === false ? button : <Hint says={obstacle}>{button}</Hint>
}

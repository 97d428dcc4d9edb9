import { Menu } from '@base-ui/react/menu'
import { Check, type LucideIcon } from 'lucide-react'
import type { ReactElement } from 'react'
import './popup-menu.css'

export interface MenuChoice {
  readonly label: string
  readonly detail?: string
  readonly icon?: LucideIcon
  /** Set where the menu is a choice of one: whether this is it. */
  readonly chosen?: boolean
  readonly unavailable?: string | undefined
  readonly onChoose: () => void
}

interface PopupMenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement
  readonly label: string
  readonly choices: readonly MenuChoice[]
}

export function PopupMenu({ trigger, label, choices }: PopupMenuProps) {
  return (
    <Menu.Root>
      <Menu.Trigger render={trigger} />
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="popup-menu-place">
          <Menu.Popup className="popup-menu" aria-label={label}>
            {choices.map((choice) => (
              <Menu.Item
                key={choice.label}
                className="item"
                disabled={choice.unavailable !== undefined}
                onClick={choice.onChoose}
              >
                <span className="mark">{markOf(choice)}</span>
                <span className="label">{choice.label}</span>
                <span className="quiet">{choice.unavailable ?? choice.detail}</span>
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function markOf({ chosen, icon: Icon }: MenuChoice): ReactElement | null {
  if (chosen === true) return <Check size={14} aria-label="chosen" />
  return Icon === undefined ? null : <Icon size={14} aria-hidden />
}

import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import { Keys } from '../button/keys.tsx'
import './hint.css'

interface HintProps {
  /** Undefined where there is nothing to say at the moment. */
  readonly says: string | undefined
  readonly keys?: string | undefined
  /** The element that it belongs to; it must take a ref and props. */
  readonly children: ReactElement
}

/** A line that appears beside what has the pointer or the focus. What it says must not be needed to understand the screen. */
export function Hint({ says, keys, children }: HintProps) {
  return (
    <Tooltip.Root disabled={says === undefined}>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} className="hint-place">
          <Tooltip.Popup className="hint">
            {says}
            {keys !== undefined && <Keys keys={keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

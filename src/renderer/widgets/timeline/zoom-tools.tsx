import { memo } from 'react'
import { useZone } from '../../state/preferences.ts'
import { IconButton } from '../button/icon-button.tsx'
import { exactTime } from '../time/format.ts'
import { useZoomCommands } from './use-zoom-commands.ts'
import type { ZoomControl } from './use-zoom.ts'

interface ZoomToolsProps {
  readonly control: ZoomControl
  /** Answers what is enlarged about, in pixels from the left. */
  readonly about: () => number
}

/** The buttons of what can be done to the part that is seen; what has none is done by keys. */
export const ZoomTools = memo(function ZoomTools({ control, about }: ZoomToolsProps) {
  const zone = useZone()
  const commands = useZoomCommands(control, about)
  const { isWhole, scale } = control
  return (
    <div className="zoom-tools" role="group" aria-label="Zoom of the timeline">
      {commands.map(
        ({ id, icon, title, keys, unavailable, run }) =>
          icon !== undefined && (
            <IconButton
              key={id}
              icon={icon}
              label={title}
              unavailable={unavailable}
              onPress={run}
              {...(keys !== undefined && { keys })}
            />
          ),
      )}
      <span className="unseen" role="status">
        {isWhole ? '' : `shows ${exactTime(scale.from, zone)} to ${exactTime(scale.until, zone)}`}
      </span>
    </div>
  )
})

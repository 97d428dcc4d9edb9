import type { Virtualizer } from '@tanstack/react-virtual'
import type { ReactNode } from 'react'
import './measured-lines.css'

interface MeasuredLinesProps {
  readonly virtual: Virtualizer<HTMLDivElement, Element>
  /** Draws the one at that index. */
  readonly children: (index: number) => ReactNode
}

/** Of a long list within a scroller the lines in sight, each as high as it is found to be. */
export function MeasuredLines({ virtual, children }: MeasuredLinesProps) {
  return (
    <div className="measured-lines" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ key, index, start }) => (
        <div
          key={key}
          ref={virtual.measureElement}
          data-index={index}
          className="place"
          style={{ transform: `translateY(${start}px)` }}
        >
          {children(index)}
        </div>
      ))}
    </div>
  )
}

import { TriangleAlert } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { Button } from '../button/button.tsx'
import { described, placesOf } from './unseen.ts'
import './unseen-notice.css'

/** So many are named one by one. */
const most = 5

interface UnseenNoticeProps {
  /** What stands in a field, where it cannot be marked. */
  readonly text: string
  readonly onJump: (offset: number) => void
}

/** Names the characters in a field that nobody sees there, and where they are. */
export function UnseenNotice({ text, onJump }: UnseenNoticeProps) {
  const settled = useDeferredValue(text)
  const places = useMemo(() => placesOf(settled), [settled])
  if (places.length === 0) return null
  return (
    <div className="unseen-notice" role="note" aria-label="Characters that are not seen" data-tone="attention">
      <TriangleAlert size={13} aria-hidden />
      <div>
        <strong>There are characters in it that are not seen here.</strong>
        <ul>
          {places.slice(0, most).map(({ part, line, column, offset }) => (
            <li key={offset}>
              Line {line}, column {column}: {described(part)}
              <Button tone="quiet" onPress={() => onJump(offset)}>
                Go there
              </Button>
            </li>
          ))}
          {places.length > most && <li>and {(places.length - most).toLocaleString('en')} more</li>}
        </ul>
      </div>
    </div>
  )
}

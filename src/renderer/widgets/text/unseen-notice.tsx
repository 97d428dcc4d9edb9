import { TriangleAlert } from 'lucide-react'
import { useDeferredValue, useMemo } from 'react'
import { Button } from '../button/button.tsx'
import { described, placesOf } from './unseen.ts'
import { ShownText } from './shown-text.tsx'
import './unseen-notice.css'

/** So many are named one by one. */
const most = 5

/** So many characters are shown before and after, as they are. */
const before = 12
const after = 24

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
              Line {line}, column {column}: {described(part)}, in <ShownText text={around(settled, offset)} />
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

/** What stands on the same line nearby. */
function around(text: string, offset: number): string {
  const [start = ''] = text.slice(Math.max(0, offset - before), offset).split('\n').slice(-1)
  const [end = ''] = text.slice(offset, offset + after).split('\n')
  return start + end
}

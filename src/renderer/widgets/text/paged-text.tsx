import { Button } from '../button/button.tsx'
import { endOf, page, partShown } from './pages.ts'
import { ShownText } from './shown-text.tsx'
import './paged-text.css'

interface PagedTextProps {
  readonly text: string
  /** How many characters are shown. */
  readonly length: number
  readonly onLength: (length: number) => void
}

/** A text as far as it is asked for, and how much of it there is beyond that. */
export function PagedText({ text, length, onLength }: PagedTextProps) {
  const end = endOf(text, length)
  const part = partShown(text, end)
  return (
    <div className="paged-text">
      <ShownText text={text.slice(0, end)} />
      {part !== undefined && (
        <div className="rest">
          <strong>There is more: {part} are shown.</strong>
          <Button tone="quiet" onPress={() => onLength(end + page)}>
            Show {Math.min(text.length - end, page).toLocaleString('en')} more
          </Button>
        </div>
      )}
    </div>
  )
}

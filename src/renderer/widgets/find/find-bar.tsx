import { ArrowDown, ArrowUp } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { IconButton } from '../button/icon-button.tsx'
import './find-bar.css'

interface FindBarProps {
  /** What is looked through, for whoever does not see it. */
  readonly label: string
  readonly sought: string
  readonly onSeek: (text: string) => void
  /** How many places have it. */
  readonly count: number
  /** How many of them are found at most: of so many there may be more. */
  readonly most: number
  /** Which of them is shown. */
  readonly place: number | undefined
  readonly onShow: (place: number) => void
  /** What is said while nothing is sought. */
  readonly idle?: string
  /** What else can be done with it. */
  readonly children: ReactNode
}

/** Looks for a text in what stands beneath: Enter goes to the next place that has it, Shift+Enter to the one before. */
export function FindBar({ label, sought, onSeek, count, most, place, onShow, idle = '', children }: FindBarProps) {
  const step = (by: 1 | -1): void => {
    if (count > 0) onShow(place === undefined ? (by > 0 ? 0 : count - 1) : (place + by + count) % count)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape' && sought !== '') onSeek('')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const all = count < most ? count.toLocaleString('en') : `${most.toLocaleString('en')} or more`
  const found = place === undefined ? all : `${(place + 1).toLocaleString('en')} of ${all}`
  return (
    <div className="find-bar">
      <input
        type="search"
        value={sought}
        placeholder="Find in it"
        aria-label={label}
        onChange={(event) => onSeek(event.target.value)}
        onKeyDown={press}
      />
      <span className="quiet" role="status">
        {sought === '' ? idle : count === 0 ? 'nothing' : found}
      </span>
      {count > 0 && (
        <>
          <IconButton icon={ArrowUp} label="Previous place" onPress={() => step(-1)} />
          <IconButton icon={ArrowDown} label="Next place" onPress={() => step(1)} />
        </>
      )}
      {children}
    </div>
  )
}

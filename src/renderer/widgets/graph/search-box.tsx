import { Search } from 'lucide-react'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import type { StepId } from '../../../model/ids.ts'
import type { CanvasProps } from './graph-props.ts'
import { following, searchSteps } from './search.ts'

interface SearchBoxProps extends Pick<CanvasProps, 'manifest' | 'selected' | 'onSelect' | 'store'> {
  readonly at: RefObject<HTMLInputElement | null>
  readonly onLeave: () => void
  /** Called before a step that was found is selected. */
  readonly onFind: () => void
}

/** Finds steps by id, title, kind or status. Enter goes from one to the next, Shift+Enter back, Esc leaves. */
export function SearchBox({ manifest, selected, onSelect, store, at, onLeave, onFind }: SearchBoxProps) {
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly StepId[]>([])
  const place = selected === null ? -1 : found.indexOf(selected)

  const look = (typed: string): readonly StepId[] => {
    const now = searchSteps(typed, manifest.steps, store.getState().overlay)
    setText(typed)
    setFound(now)
    store.setState({ found: new Set(now) })
    return now
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') {
      look('')
      onLeave()
      return
    }
    // Statuses may have changed since it was typed.
    const next = following(look(text), selected, event.shiftKey ? -1 : 1)
    if (next === undefined) return
    onFind()
    onSelect(next)
  }
  return (
    <label className="search">
      <Search size={13} aria-hidden />
      <input
        ref={at}
        type="search"
        aria-label="Find a step"
        placeholder="Find a step"
        value={text}
        onChange={(event) => look(event.target.value)}
        onKeyDown={press}
      />
      <span className="quiet" role="status">
        {text.trim() === '' ? '' : found.length === 0 ? 'none' : place === -1 ? found.length : `${place + 1} of ${found.length}`}
      </span>
    </label>
  )
}

import { ArrowDown, ArrowUp, Braces, Copy } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import type { Json } from '../../../model/json.ts'
import { IconButton } from '../button/icon-button.tsx'
import { idOf, type JsonRow, type Path, writePath } from './json-rows.ts'

interface JsonToolbarProps {
  readonly value: Json
  /** The row that is looked at. */
  readonly row: JsonRow | undefined
  readonly sought: string
  readonly onSeek: (text: string) => void
  readonly found: readonly Path[]
  readonly active: string
  readonly onShow: (path: Path) => void
}

export function JsonToolbar({ value, row, sought, onSeek, found, active, onShow }: JsonToolbarProps) {
  const [copied, setCopied] = useState('')
  const place = found.findIndex((path) => idOf(path) === active)
  const copy = (what: string, text: string): void => {
    void navigator.clipboard.writeText(text).then(() => setCopied(`${what} copied`))
  }
  const step = (by: number): void => {
    const path = found.at(place < 0 ? (by > 0 ? 0 : -1) : (place + by) % found.length)
    if (path !== undefined) onShow(path)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape' && sought !== '') onSeek('')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const isRoot = row === undefined || row.path.length === 0
  const chosen = row?.kind === 'more' ? undefined : row
  return (
    <div className="toolbar">
      <input
        type="search"
        className="seek"
        value={sought}
        placeholder="Find in it"
        aria-label="Find in the value"
        onChange={(event) => onSeek(event.target.value)}
        onKeyDown={press}
      />
      <span className="quiet" role="status">
        {sought === ''
          ? copied
          : found.length === 0
            ? 'nothing'
            : `${place < 0 ? '' : `${place + 1} of `}${found.length}`}
      </span>
      {found.length > 0 && (
        <>
          <IconButton icon={ArrowUp} label="Previous place" onPress={() => step(-1)} />
          <IconButton icon={ArrowDown} label="Next place" onPress={() => step(1)} />
        </>
      )}
      <IconButton
        icon={Braces}
        label="Copy the path"
        unavailable={isRoot ? 'choose a row first' : undefined}
        onPress={() => copy('Path', writePath(row?.path ?? []))}
      />
      <IconButton
        icon={Copy}
        label={isRoot ? 'Copy the value' : 'Copy the chosen value'}
        onPress={() => copy('Value', textOf(chosen === undefined ? value : chosen.value))}
      />
    </div>
  )
}

/** A text as it is, anything else as JSON. */
const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))

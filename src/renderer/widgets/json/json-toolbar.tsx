import { Braces, Copy } from 'lucide-react'
import type { Json } from '../../../model/json.ts'
import { IconButton } from '../button/icon-button.tsx'
import { FindBar } from '../find/find-bar.tsx'
import { useCopying } from '../find/use-copying.ts'
import { idOf, type JsonRow, mostFound, type Path, writePath } from './json-rows.ts'

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
  const [copied, copy] = useCopying()
  const place = found.findIndex((path) => idOf(path) === active)
  const show = (index: number): void => {
    const path = found[index]
    if (path !== undefined) onShow(path)
  }
  const isRoot = row === undefined || row.path.length === 0
  const chosen = row?.kind === 'more' ? undefined : row
  return (
    <FindBar
      label="Find in the value"
      sought={sought}
      onSeek={onSeek}
      count={found.length}
      most={mostFound}
      place={place < 0 ? undefined : place}
      onShow={show}
      idle={copied}
    >
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
    </FindBar>
  )
}

/** A text as it is, anything else as JSON. */
const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2))

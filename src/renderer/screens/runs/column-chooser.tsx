import { Popover } from '@base-ui/react/popover'
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import { Button } from '../../widgets/button/button.tsx'
import { IconButton } from '../../widgets/button/icon-button.tsx'
import { type Columns, columns as all, listedColumns, moved, resized, toggled, usualColumns } from '../../widgets/run-table/columns.ts'
import { ColumnWidth } from './column-width.tsx'
import './column-chooser.css'

interface ColumnChooserProps {
  readonly columns: Columns
  readonly onChange: (columns: Columns) => void
}

/** Which columns are shown, in what order, and how wide. */
export function ColumnChooser({ columns, onChange }: ColumnChooserProps) {
  const last = columns.shown.length - 1
  return (
    <Popover.Root>
      <Popover.Trigger className="button">
        <Columns3 size={14} aria-hidden />
        <span className="word">Columns</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className="column-chooser-place">
          <Popover.Popup className="column-chooser">
            <div className="titles">
              <Popover.Title render={<h2 />}>Columns</Popover.Title>
              <span className="over-widths" aria-hidden>
                Width
              </span>
            </div>
            <ul>
              {listedColumns(columns).map((id) => {
                const at = columns.shown.indexOf(id)
                const { title } = all[id]
                return (
                  <li key={id}>
                    <label>
                      <input
                        type="checkbox"
                        checked={at !== -1}
                        disabled={at !== -1 && last === 0}
                        onChange={() => onChange(toggled(columns, id))}
                      />
                      {title}
                    </label>
                    {at !== -1 && (
                      <span className="placed">
                        <ColumnWidth
                          column={id}
                          width={columns.widths[id]}
                          onWidth={(width) => onChange(resized(columns, id, width))}
                        />
                        <IconButton
                          icon={ArrowUp}
                          label={`Move ${title} towards the beginning`}
                          unavailable={at === 0 ? 'it is the first' : undefined}
                          onPress={() => onChange(moved(columns, id, -1))}
                        />
                        <IconButton
                          icon={ArrowDown}
                          label={`Move ${title} towards the end`}
                          unavailable={at === last ? 'it is the last' : undefined}
                          onPress={() => onChange(moved(columns, id, 1))}
                        />
                      </span>
                    )}
                  </li>
                )
              })}
            </ul>
            <Button tone="quiet" onPress={() => onChange(usualColumns)}>
              The usual columns and widths
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

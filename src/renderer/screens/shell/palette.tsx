import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { useMemo, useState } from 'react'
import { allCommands, type Command, useCommandStore } from '../../state/commands.ts'
import { Keys } from '../../widgets/button/keys.tsx'
import { StatusBadge } from '../../widgets/status/status-badge.tsx'
import { useOverlays } from './overlays.ts'
import { useFoundCommands } from './found-commands.ts'
import '../../widgets/dialog/modal.css'
import './palette.css'

/** Every action of the console, and every run, workflow and open decision by name, a few letters away. */
export function Palette() {
  const open = useOverlays((overlays) => overlays.open === 'palette')
  const close = useOverlays((overlays) => overlays.close)
  return (
    <Dialog.Root open={open} onOpenChange={(isOpen) => isOpen || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="modal-backdrop" />
        <Dialog.Popup className="modal palette" aria-label="Search and commands">
          <PaletteContent onDone={close} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function PaletteContent({ onDone }: { readonly onDone: () => void }) {
  const [text, setText] = useState('')
  const groups = useCommandStore((store) => store.groups)
  const found = useFoundCommands(text)
  const sections = useMemo(() => {
    const fitting = allCommands({ groups }).filter((command) => fits(command, text))
    return [...Map.groupBy([...fitting, ...found], ({ section }) => section)].map(([value, items]) => ({ value, items }))
  }, [groups, found, text])

  const perform = ({ unavailable, run }: Command): void => {
    if (unavailable !== undefined) return
    onDone()
    run()
  }

  return (
    <Autocomplete.Root
      open
      inline
      items={sections}
      filter={null}
      value={text}
      onValueChange={setText}
      autoHighlight="always"
      keepHighlight
      itemToStringValue={({ title }: Command) => title}
    >
      <div className="field">
        <Search size={15} aria-hidden />
        <Autocomplete.Input
          aria-label="Search runs, workflows, commands"
          placeholder="Search runs, workflows, commands"
          spellCheck={false}
          autoCorrect="off"
        />
      </div>
      <Autocomplete.Empty className="none quiet">{sections.length === 0 ? 'Nothing fits' : null}</Autocomplete.Empty>
      <Autocomplete.List className="list">
        {({ value, items }: { value: string; items: readonly Command[] }) => (
          <Autocomplete.Group key={value} items={items} className="group">
            <Autocomplete.GroupLabel className="label">{value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => (
                <Autocomplete.Item
                  key={command.id}
                  value={command}
                  className="item"
                  aria-disabled={command.unavailable !== undefined}
                  onClick={() => perform(command)}
                >
                  {command.icon === undefined ? <span /> : <command.icon size={14} aria-hidden />}
                  <span className="clipped">{command.title}</span>
                  {command.look !== undefined && <StatusBadge look={command.look} />}
                  {command.unavailable === undefined ? (
                    command.keys !== undefined && <Keys keys={command.keys} />
                  ) : (
                    <span className="quiet clipped">{command.unavailable}</span>
                  )}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}

/** Each word that was typed begins a word of the command, in any order. */
function fits({ title, section, also }: Command, text: string): boolean {
  const words = `${title} ${section} ${also ?? ''}`.toLowerCase().split(/[\s/-]+/)
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((typed) => words.some((word) => word.startsWith(typed)))
}

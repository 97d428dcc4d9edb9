import { Tabs } from '@base-ui/react/tabs'
import { Activity, type ReactNode, useId } from 'react'
import './tab-panels.css'

export interface TabPanel<Name extends string> {
  readonly name: Name
  readonly title: string
  /** How many there are of what the panel shows. */
  readonly count?: number | undefined
  readonly content: ReactNode
}

interface TabPanelsProps<Name extends string> {
  readonly label: string
  readonly panels: readonly TabPanel<Name>[]
  readonly chosen: Name
  readonly onChoose: (name: Name) => void
  /** Likely to be chosen next. */
  readonly ahead?: Name | undefined
}

/**
 * Only the chosen panel is made, and the one ahead while there is time: it is not seen, and nothing goes on in it.
 *
 * The panels and the line below the chosen tab are not the library's: to move its line it lays the page out in the middle of
 * being drawn, and of each panel it asks what is animated, which styles all of it; a drag that opens a tab would begin with a late frame.
 */
export function TabPanels<Name extends string>({ label, panels, chosen, onChoose, ahead }: TabPanelsProps<Name>) {
  const id = useId()
  const choose = (value: unknown): void => {
    const panel = panels.find(({ name }) => name === value)
    if (panel !== undefined) onChoose(panel.name)
  }
  return (
    <Tabs.Root className="tab-panels" value={chosen} onValueChange={choose}>
      <Tabs.List className="list" aria-label={label}>
        {panels.map(({ name, title, count }) => (
          <Tabs.Tab key={name} id={`${id}-tab-${name}`} aria-controls={name === chosen ? `${id}-${name}` : undefined} className="tab" value={name} data-tab={name}>
            {title}
            {count !== undefined && count > 0 && <span className="count">{count}</span>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {panels.map(
        ({ name, content }) =>
          (name === chosen || name === ahead) && (
            <div key={name} role="tabpanel" id={`${id}-${name}`} aria-labelledby={`${id}-tab-${name}`} tabIndex={0} hidden={name !== chosen} className="tab-panel">
              <Activity mode={name === chosen ? 'visible' : 'hidden'}>{content}</Activity>
            </div>
          ),
      )}
    </Tabs.Root>
  )
}

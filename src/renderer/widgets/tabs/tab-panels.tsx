import { Tabs } from '@base-ui/react/tabs'
import { Activity, type ReactNode } from 'react'
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

/** Only the chosen panel is made, and the one ahead while there is time: it is not seen, and nothing goes on in it. */
export function TabPanels<Name extends string>({ label, panels, chosen, onChoose, ahead }: TabPanelsProps<Name>) {
  const choose = (value: unknown): void => {
    const panel = panels.find(({ name }) => name === value)
    if (panel !== undefined) onChoose(panel.name)
  }
  return (
    <Tabs.Root className="tab-panels" value={chosen} onValueChange={choose}>
      <Tabs.List className="list" aria-label={label}>
        {panels.map(({ name, title, count }) => (
          <Tabs.Tab key={name} className="tab" value={name} data-tab={name}>
            {title}
            {count !== undefined && count > 0 && <span className="count">{count}</span>}
          </Tabs.Tab>
        ))}
        <Tabs.Indicator className="indicator" />
      </Tabs.List>
      {panels.map(({ name, content }) => (
        <Tabs.Panel key={name} className="tab-panel" value={name} keepMounted={name === ahead}>
          <Activity mode={name === chosen ? 'visible' : 'hidden'}>{content}</Activity>
        </Tabs.Panel>
      ))}
    </Tabs.Root>
  )
}

import { useMemo } from 'react'
import { TabPanels, type TabPanel } from '../../../widgets/tabs/tab-panels.tsx'
import { JournalTab } from '../journal/journal-tab.tsx'
import { useFollowed } from '../state/following.ts'
import { type Tab, useSelect, useSelection } from '../state/selection.ts'
import { AttemptsTab } from './attempts-tab.tsx'
import { ChangesTab } from './changes-tab.tsx'
import { errorGroups } from './errors.ts'
import { ErrorsTab } from './errors-tab.tsx'
import { LogsTab } from './logs-tab.tsx'
import { MailTab } from './mail-tab.tsx'
import { RunTab } from './run-tab.tsx'
import { StateTab } from './state-tab.tsx'
import { StepTab } from './step-tab.tsx'
import { titles, useTabs } from './tabs.ts'
import { type Pass, usePass } from './use-pass.ts'
import './inspector.css'

/** What is known of the selection, tab by tab. */
export function Inspector() {
  const pass = usePass()
  const selection = useSelection()
  const select = useSelect()
  const errors = useErrorCount()
  const tabs = useTabs()
  const chosen = tabs.find((name) => name === selection.tab) ?? 'step'
  const panels = tabs.map((name): TabPanel<Tab> => {
    const title = name === 'step' && pass === undefined ? 'Run' : titles[name]
    return {
      name,
      title,
      count: name === 'errors' ? errors : undefined,
      content: <div className={`inspector-tab ${name}`}>{contentOf(name, pass)}</div>,
    }
  })
  return (
    <section className="inspector" aria-label="Inspector">
      <TabPanels
        label="What is known of the selection"
        panels={panels}
        chosen={chosen}
        onChoose={(tab) => select({ tab })}
      />
    </section>
  )
}

function contentOf(tab: Tab, pass: Pass | undefined) {
  switch (tab) {
    case 'step':
      return pass === undefined ? <RunTab /> : <StepTab pass={pass} />
    case 'state':
      return <StateTab />
    case 'changes':
      return <ChangesTab />
    case 'attempts':
      return <AttemptsTab />
    case 'errors':
      return <ErrorsTab />
    case 'logs':
      return <LogsTab />
    case 'journal':
      return <JournalTab />
    case 'mail':
      return <MailTab />
  }
}

function useErrorCount(): number {
  const detail = useFollowed(({ run }) => run.detail)
  const { step } = useSelection()
  return useMemo(
    () => errorGroups(detail).filter(({ newest }) => step === undefined || newest.step === step).length,
    [detail, step],
  )
}

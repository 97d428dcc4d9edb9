import { type ReactNode, useId, useMemo } from 'react'
import { TabPanels, type TabPanel } from '../../../widgets/tabs/tab-panels.tsx'
import { JournalTab } from '../journal/journal-tab.tsx'
import { ReplayTab } from '../replay/replay-tab.tsx'
import { RestoreTab } from '../restore/restore-tab.tsx'
import { type Tab, useSelect, useSelection } from '../state/selection.ts'
import { useShownTab, useTabAhead } from '../state/scrubbing.ts'
import { useRestedDetail } from '../state/view.ts'
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
import { UpToMoment } from './up-to-moment.tsx'
import { usePass } from './use-pass.ts'
import './inspector.css'

/** What is known of the selection, tab by tab. */
export function Inspector() {
  const id = useId()
  const selection = useSelection()
  const select = useSelect()
  const errors = useErrorCount()
  const tabs = useTabs()
  const shown = useShownTab()
  const ahead = useTabAhead()
  const chosen = tabs.find((name) => name === shown) ?? 'step'
  const panels = tabs.map((name): TabPanel<Tab> => {
    const title = name === 'step' && selection.step === undefined ? 'Run' : titles[name]
    return {
      name,
      title,
      count: name === 'errors' ? errors : undefined,
      content: <Content tab={name} />,
    }
  })
  return (
    <section className="run-inspector" aria-labelledby={id}>
      <h2 id={id} className="unseen">
        Inspector
      </h2>
      <TabPanels
        label="What is known of the selection"
        panels={panels}
        chosen={chosen}
        onChoose={(tab) => select({ tab })}
        ahead={ahead}
      />
    </section>
  )
}

const contents = {
  step: StepOrRun,
  state: StateTab,
  changes: ChangesTab,
  attempts: AttemptsTab,
  errors: ErrorsTab,
  logs: LogsTab,
  journal: JournalTab,
  restore: RestoreTab,
  replay: ReplayTab,
  mail: MailTab,
} as const satisfies Readonly<Record<Tab, () => ReactNode>>

/** Lists of what had happened by a moment, where one is looked at. The others name the moment that they are of. */
const lists: ReadonlySet<Tab> = new Set(['attempts', 'errors', 'logs', 'journal', 'mail'])

function Content({ tab }: { readonly tab: Tab }) {
  const Tab = contents[tab]
  return (
    <div className={`inspector-tab ${tab}`}>
      {lists.has(tab) && <UpToMoment />}
      <Tab />
    </div>
  )
}

/** The step that is selected, or the run where none is. */
function StepOrRun() {
  const pass = usePass(useRestedDetail())
  return pass === undefined ? <RunTab /> : <StepTab pass={pass} />
}

function useErrorCount(): number {
  const { step } = useSelection()
  const detail = useRestedDetail()
  const groups = useMemo(() => errorGroups(detail), [detail])
  const steps = [...groups.map(({ newest }) => newest.step), ...detail.errors.map((error) => error.step)]
  return steps.filter((each) => step === undefined || each === step).length
}

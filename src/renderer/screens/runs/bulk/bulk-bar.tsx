import { X } from 'lucide-react'
import { useState } from 'react'
import { newest, useNews } from '../../../state/news.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { IconButton } from '../../../widgets/button/icon-button.tsx'
import { countMarked, type Matching, type Selection } from '../selection.ts'
import { type ActionName, actions, fitting, runsInWords } from './actions.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { useJob } from './job.ts'
import './bulk-bar.css'

interface BulkBarProps {
  readonly selection: Selection
  /** All that the list finds; null where there are none. */
  readonly matching: Matching | null
  readonly onMatchAll: () => void
  readonly onClear: () => void
}

const names: readonly ActionName[] = ['pause', 'resume', 'cancel']

/** What can be done to the runs that are marked. */
export function BulkBar({ selection, matching, onMatchAll, onClear }: BulkBarProps) {
  const [asked, setAsked] = useState<ActionName | null>(null)
  const isWorking = useJob(({ job }) => job !== null && (job.phase === 'under way' || job.phase === 'between'))
  const told = useNews(({ runs }) => runs)
  const marked = [...selection.marked.values()].map((run) => newest(run, told.get(run.id)))
  const count = countMarked(selection)
  const offersAll = selection.matching === null && matching !== null && matching.total > count
  return (
    <div className="bulk-bar" role="region" aria-label="Marked runs">
      <strong aria-live="polite">
        {selection.matching === null ? `${runsInWords(count)} marked` : `All ${runsInWords(count)} that match`}
      </strong>
      {offersAll && (
        <Button tone="quiet" onPress={onMatchAll}>
          Select all {matching.total.toLocaleString('en')} matching
        </Button>
      )}
      <span className="actions">
        {names.map((name) => {
          const { verb, icon, unfit } = actions[name]
          const fits = selection.matching !== null || fitting(actions[name], marked).length > 0
          return (
            <Button
              key={name}
              icon={icon}
              asksHost
              unavailable={isWorking ? 'another action on many runs is under way' : fits ? undefined : unfit}
              onPress={() => setAsked(name)}
            >
              {verb}…
            </Button>
          )
        })}
        <IconButton icon={X} label="Take all marks away" keys="Escape" onPress={onClear} />
      </span>
      {asked !== null && (
        <BulkDialog
          action={asked}
          marked={fitting(actions[asked], marked)}
          of={count}
          matching={selection.matching}
          onBegun={() => {
            setAsked(null)
            onClear()
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  )
}

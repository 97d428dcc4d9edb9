import { Link } from '@tanstack/react-router'
import { Radio } from 'lucide-react'
import { memo, useState } from 'react'
import { counted } from '../../../model/counted.ts'
import type { HostEvent, HostEventMap } from '../../../model/event.ts'
import type { JournalEntry } from '../../../model/entry.ts'
import { useNews } from '../../state/news.ts'
import { usePaced } from '../../state/paced.ts'
import { useZone } from '../../state/preferences.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { ShortId } from '../../widgets/identity/short-id.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { ReplayMark } from '../../widgets/replay/replay-mark.tsx'
import { clockTime } from '../../widgets/time/format.ts'
import { wordsOf } from '../run/journal/words.ts'
import { changeWords } from '../policy/words.ts'
import { checkpointsIn } from '../storage/retention-words.ts'
import './ticker-panel.css'

/** How often the lines move at most, in milliseconds: faster ones cannot be read. */
const pace = 500

/** What happens, as it is committed. It stands still under the pointer and while it has the focus. */
export function TickerPanel() {
  const [held, setHeld] = useState(false)
  const entries = usePaced(useNews(({ ticker }) => ticker), pace, held)
  const hold = { onPointerEnter: () => setHeld(true), onPointerLeave: () => setHeld(false), onFocus: () => setHeld(true), onBlur: () => setHeld(false) }
  return (
    <Panel title="Live" aside={held ? 'held while you look' : undefined} flush>
      {entries.length === 0 ? (
        <Empty icon={Radio} title="Nothing has happened since you opened this" />
      ) : (
        <ol className="ticker-lines" tabIndex={0} aria-label="What happened last, newest first" {...hold}>
          {entries.map((entry) => (
            <TickerLine key={entry.position} entry={entry} />
          ))}
        </ol>
      )}
    </Panel>
  )
}

const TickerLine = memo(function TickerLine({ entry }: { readonly entry: JournalEntry }) {
  const zone = useZone()
  const run = useNews(({ runs }) => (entry.run === null ? undefined : runs.get(entry.run)))
  const line = entry.run === null ? { text: hostWords(entry.events[0]), tone: 'inactive' } : wordsOf(entry.events, zone)[0]
  return (
    <li className="ticker-line">
      <time className="quiet">{clockTime(entry.at, zone)}</time>
      <span className="clipped" data-tone={line?.tone} title={line?.text}>
        {line?.text}
      </span>
      {entry.run !== null && (
        <Link to="/runs/$run" params={{ run: entry.run }} className="clipped">
          <ReplayMark of={run} /> {run?.workflow} <ShortId id={entry.run} />
        </Link>
      )}
    </li>
  )
})

function hostWords(event: HostEvent | undefined): string {
  switch (event?.type) {
    case 'host_started':
      return `The host started${event.unfinished === 0 ? '' : `, ${counted(event.unfinished, 'run was', 'runs were')} unfinished`}`
    case 'host_stopped':
      return 'The host stopped'
    case 'runs_taken_up':
      return takenUpWords(event)
    case 'workflow_loaded':
      return `Workflow ${event.workflow}, version ${event.version}, was loaded`
    case 'workflow_refused':
      return `${event.file} was refused: ${event.failure.message}`
    case 'folder_trusted':
      return `The folder ${event.folder} is trusted`
    case 'policy_changed':
      return changeWords(event.changes)
    case 'policy_refused':
      return `cairn.config.yaml is wrong, and what was in force stays: ${event.faults[0]?.message ?? ''}`
    case 'integrity_alarm':
      return `The store raised an alarm: ${event.failure.message}`
    case 'breaker_opened':
      return `${event.breaker.workflow} is held back from ${event.breaker.dependency}: it failed too often`
    case 'breaker_closed':
      return `${event.workflow} may reach ${event.dependency} again${event.by === 'person' ? ', a person says' : ''}`
    case 'throttle_set':
      return throttleWords(event)
    case 'throttle_lifted':
      return `As many of ${event.workflow} may reach ${event.dependency} at once as before${event.by === 'person' ? ', a person says' : ''}`
    case 'backup_made':
      return `The store was backed up to ${event.backup.file}`
    case 'backup_restored':
      return `The store was brought back from ${event.from}`
    case 'key_rotated':
      return `The store has another key, ${event.to}`
    case 'store_encrypted':
      return `The store was encrypted, with the key ${event.key}`
    case 'damage_found':
      return `Damage was found in the store: ${event.failure.message}`
    case 'damage_mended':
      return `No longer damaged: ${event.finding.object} ${event.finding.key}`
    case 'runs_removed':
      return `Retention removed ${counted(event.runs.length, 'run')}`
    case 'checkpoints_removed':
      return `Retention removed ${checkpointsIn(event.removed)} of a run of ${event.workflow}`
    case 'entry_removed':
      return `What stood here was of a run that retention removed`
    case undefined:
      return ''
  }
}

function throttleWords({ throttle: { workflow, dependency, limit }, was }: HostEventMap['throttle_set']): string {
  const many = `${counted(limit, 'step')} of ${workflow} may reach ${dependency} at once`
  return was !== null && limit > was ? `${many}, one more than before` : `Only ${many}: it answered that it was too much`
}

function takenUpWords({ recovered, waiting, failed }: HostEventMap['runs_taken_up']): string {
  const parts = [`${counted(recovered, 'goes', 'go')} on`, waiting > 0 && `${counted(waiting, 'waits', 'wait')} for a person`, failed > 0 && `${failed} failed`]
  const all = recovered + waiting + failed
  return `${all} unfinished ${all === 1 ? 'run was' : 'runs were'} found: ${parts.filter((part) => part !== false).join(', ')}`
}

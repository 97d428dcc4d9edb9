import { useVirtualizer } from '@tanstack/react-virtual'
import { BookText } from 'lucide-react'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import type { RunEvent } from '../../../../model/event.ts'
import { Json } from '../../../../model/json.ts'
import { useZone } from '../../../state/preferences.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Empty } from '../../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { JsonTree } from '../../../widgets/json/json-tree.tsx'
import { exactTime } from '../../../widgets/time/format.ts'
import { useSelection } from '../state/selection.ts'
import { type Entry, useJournal } from './use-journal.ts'
import { wordsOf } from './words.ts'
import './journal.css'

/** Everything that happened, newest first, in words; each entry raw on demand. */
export function JournalTab() {
  const { entries: newest, isLoading, more } = useJournal()
  // What comes faster than it is read gives way to what is pressed.
  const entries = useDeferredValue(newest)
  const { step } = useSelection()
  const [all, setAll] = useState(false)
  const [raw, setRaw] = useState<number>()
  const scroller = useRef<HTMLDivElement>(null)
  const narrowed = step !== undefined && !all
  const shown = useMemo(
    () => (narrowed ? entries.filter(({ events }) => events.some((event) => touches(event, step))) : entries),
    [entries, narrowed, step],
  )
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 44,
    getItemKey: (index) => shown[index]?.position ?? index,
    overscan: 8,
  })
  if (isLoading) return <Skeleton lines={8} />
  return (
    <div className="run-journal">
      <div className="toolbar">
        <span className="quiet">
          {shown.length} {shown.length === 1 ? 'entry' : 'entries'}
          {narrowed && ` of ${step}`}
        </span>
        {step !== undefined && (
          <Button tone="quiet" onPress={() => setAll(!all)}>
            {all ? `Only what touches ${step}` : 'Show all of the run'}
          </Button>
        )}
        {more !== undefined && (
          <Button tone="quiet" onPress={more}>
            Read on where it stopped
          </Button>
        )}
      </div>
      {shown.length === 0 && <Empty icon={BookText} title="Nothing has happened to it yet" />}
      <div
        className="entries"
        ref={scroller}
        role="region"
        aria-label="Journal"
        tabIndex={0}
        hidden={shown.length === 0}
      >
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const entry = shown[item.index]
            return (
              entry !== undefined && (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className="place"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <EntryLine
                    entry={entry}
                    isRaw={raw === entry.position}
                    onRaw={() => setRaw(raw === entry.position ? undefined : entry.position)}
                  />
                </div>
              )
            )
          })}
        </div>
      </div>
    </div>
  )
}

const touches = (event: RunEvent, step: string): boolean =>
  ('step' in event && event.step === step) || (event.type === 'decision_opened' && event.decision.step === step)

interface EntryLineProps {
  readonly entry: Entry
  readonly isRaw: boolean
  readonly onRaw: () => void
}

function EntryLine({ entry, isRaw, onRaw }: EntryLineProps) {
  const zone = useZone()
  const { at, actor, events, position } = entry
  return (
    <article className="entry">
      <button
        type="button"
        className="when"
        aria-expanded={isRaw}
        title={`Entry ${position} of the journal; press to see it raw`}
        onClick={onRaw}
      >
        <time>{exactTime(at, zone)}</time>
        <span className={actor.kind === 'person' ? 'actor person' : 'actor'}>{actor.name}</span>
      </button>
      <ul>
        {wordsOf(events, zone).map(({ text, tone, quiet }, index) => (
          <li key={index} className={quiet ? 'aside' : ''} data-tone={tone}>
            {text}
          </li>
        ))}
      </ul>
      {isRaw && <JsonTree value={rawOf(entry)} label={`Entry ${position} of the journal`} />}
    </article>
  )
}

/** As it came over the wire: what is left out there is not there. */
const rawOf = (entry: Entry): Json => Json.parse(JSON.parse(JSON.stringify(entry)))

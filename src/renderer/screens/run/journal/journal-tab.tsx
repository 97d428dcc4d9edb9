import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowUpToLine, BookText } from 'lucide-react'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { counted } from '../../../../model/counted.ts'
import type { Position } from '../../../../model/entry.ts'
import type { RunEvent } from '../../../../model/event.ts'
import { Json } from '../../../../model/json.ts'
import { useZone } from '../../../state/preferences.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Empty } from '../../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { JsonTree } from '../../../widgets/json/json-tree.tsx'
import { MeasuredLines } from '../../../widgets/lines/measured-lines.tsx'
import { exactTime } from '../../../widgets/time/format.ts'
import { useCalmly } from '../state/calm.ts'
import { useSelection } from '../state/selection.ts'
import { useRestedMoment } from '../state/view.ts'
import type { Entry } from './entries-by.ts'
import { useJournal } from './use-journal.ts'
import { wordsOf } from './words.ts'
import '../../../widgets/lines/line-panel.css'
import './journal.css'

/** How near the end older entries are read, in entries. */
const nearEnd = 20

/** Everything that happened, by a moment where one is looked at, newest first, in words; each entry raw on demand. What is read does not move away. */
export function JournalTab() {
  const [isAway, setAway] = useState(false)
  const { entries, isLoading, more } = useJournal(isAway)
  const newest = useCalmly(({ run }) => run.detail.record.version)
  const isMoment = useRestedMoment() !== undefined
  const total = isMoment ? (entries[0]?.version ?? 0) : newest
  const { step } = useSelection()
  const [all, setAll] = useState(false)
  const [raw, setRaw] = useState<Position>()
  const scroller = useRef<HTMLDivElement>(null)
  const narrowed = step !== undefined && !all
  const shown = useMemo(
    () => (narrowed ? entries.filter(({ events }) => events.some((event) => touches(event, step))) : entries),
    [entries, narrowed, step],
  )
  const count = narrowed ? shown.length : total
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(shown[index]),
    getItemKey: (index) => shown[index]?.position ?? index,
    overscan: 4,
  })
  const isNearEnd = (virtual.getVirtualItems().at(-1)?.index ?? 0) >= shown.length - nearEnd
  useEffect(() => {
    if (isNearEnd) more?.()
  }, [isNearEnd, more])
  if (isLoading) return <Skeleton lines={8} />
  return (
    <div className="line-panel run-journal">
      <div className="toolbar">
        <span className="quiet">
          {counted(count, 'entry', 'entries')}
          {narrowed && ` of ${step}`}
        </span>
        {step !== undefined && (
          <Button tone="quiet" onPress={() => setAll(!all)}>
            {all ? `Only what touches ${step}` : 'Show all of the run'}
          </Button>
        )}
        {isAway && (
          <Button tone="quiet" icon={ArrowUpToLine} onPress={() => virtual.scrollToIndex(0)}>
            Newest
          </Button>
        )}
      </div>
      {shown.length === 0 && <Empty icon={BookText} title="Nothing has happened to it yet" />}
      <div
        className="scroller"
        ref={scroller}
        role="region"
        aria-label="Journal"
        tabIndex={0}
        hidden={shown.length === 0}
        onScroll={({ currentTarget }) => setAway(currentTarget.scrollTop > 0)}
      >
        <MeasuredLines virtual={virtual}>
          {(index) => {
            const entry = shown[index]
            return entry !== undefined && <EntryLine entry={entry} isRaw={raw === entry.position} onRaw={setRaw} />
          }}
        </MeasuredLines>
      </div>
    </div>
  )
}

/** As the style sheet has it where nothing is wrapped: what is measured then seldom differs, and nothing is laid out again. */
const heightOf = (entry: Entry | undefined): number => 37 + 18 * (entry?.events.length ?? 1)

const touches = (event: RunEvent, step: string): boolean =>
  ('step' in event && event.step === step) || (event.type === 'decision_opened' && event.decision.step === step)

interface EntryLineProps {
  readonly entry: Entry
  readonly isRaw: boolean
  readonly onRaw: (position: Position | undefined) => void
}

const EntryLine = memo(function EntryLine({ entry, isRaw, onRaw }: EntryLineProps) {
  const zone = useZone()
  const { at, actor, events, position } = entry
  return (
    <article className="entry">
      <button
        type="button"
        className="when"
        aria-expanded={isRaw}
        title={`Entry ${position} of the journal; press to see it raw`}
        onClick={() => onRaw(isRaw ? undefined : position)}
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
})

/** As it came over the wire: what is left out there is not there. */
const rawOf = (entry: Entry): Json => Json.parse(JSON.parse(JSON.stringify(entry)))

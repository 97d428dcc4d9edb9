import { ArrowDownToLine, ScrollText } from 'lucide-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { LogLevel } from '../../../model/log.ts'
import { useZone } from '../../state/preferences.ts'
import { Button } from '../button/button.tsx'
import { IconButton } from '../button/icon-button.tsx'
import { Empty } from '../feedback/empty.tsx'
import { MeasuredLines } from '../lines/measured-lines.tsx'
import { useNewest } from '../lines/use-newest.ts'
import { exactTime } from '../time/format.ts'
import { ShownText } from '../text/shown-text.tsx'
import type { Log } from './merge-logs.ts'
import { searchLogs } from './search-logs.ts'
import '../lines/line-panel.css'
import './log-list.css'

interface LogListProps {
  /** Oldest first. */
  readonly logs: readonly Log[]
  /** How many lines came too fast to be shown. */
  readonly missed: number
  /** What they are of, in words. */
  readonly of: string
  readonly showsStep: boolean
  /** Set where there may be earlier ones. */
  readonly onEarlier?: (() => void) | undefined
}

/** Lines as they come. It stays at the newest until somebody scrolls up. */
export function LogList({ logs, missed, of, showsStep, onEarlier }: LogListProps) {
  const [level, setLevel] = useState<LogLevel>('debug')
  const [sought, setSought] = useState('')
  const text = useDeferredValue(sought)
  const found = useMemo(() => searchLogs(logs, level, text), [logs, level, text])
  const { virtual, scroller, follows, setFollows, onScroll } = useNewest(found.length, 22)
  return (
    <div className="line-panel log-list">
      <div className="toolbar">
        <input
          type="search"
          value={sought}
          placeholder="Find in the logs"
          aria-label="Find in the logs"
          onChange={(event) => setSought(event.target.value)}
        />
        <select
          aria-label="Least level"
          value={level}
          onChange={(event) => setLevel(LogLevel.catch('debug').parse(event.target.value))}
        >
          {LogLevel.options.map((each) => (
            <option key={each} value={each}>
              {each === 'debug' ? 'all levels' : each === 'error' ? 'errors' : `${each} and above`}
            </option>
          ))}
        </select>
        <span className="quiet" role="status">
          {found.length === logs.length ? `${logs.length}` : `${found.length} of ${logs.length}`}
          {missed > 0 && ` · ${missed} came too fast`}
        </span>
        <IconButton
          icon={ArrowDownToLine}
          label="Follow the newest"
          pressed={follows}
          onPress={() => setFollows(!follows)}
        />
      </div>
      {found.length === 0 && (
        <Empty icon={ScrollText} title={logs.length === 0 ? `Nothing was logged by ${of}` : 'No line fits'}>
          {logs.length === 0 ? 'Steps say things with `log`. What one says whose output is sensitive is told once it has ended.' : undefined}
        </Empty>
      )}
      <div
        className="scroller"
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={`Logs of ${of}`}
        tabIndex={0}
        onScroll={onScroll}
        hidden={found.length === 0}
      >
        {onEarlier !== undefined && (
          <div className="earlier">
            <Button tone="quiet" onPress={onEarlier}>
              Load earlier ones
            </Button>
          </div>
        )}
        <MeasuredLines virtual={virtual}>
          {(index) => {
            const log = found[index]
            return log !== undefined && <Line log={log} showsStep={showsStep} />
          }}
        </MeasuredLines>
      </div>
    </div>
  )
}

const tones = { debug: 'inactive', info: 'running', warn: 'attention', error: 'failure' } as const

function Line({
  log: { at, level, step, iteration, attempt, message, data, program, exchange },
  showsStep,
}: {
  readonly log: Log
  readonly showsStep: boolean
}) {
  const zone = useZone()
  const from = `${step}${iteration > 1 ? ` #${iteration}` : ''}`
  return (
    <div
      className={`line ${level}`}
      data-tone={tones[level]}
      title={`${step}, iteration ${iteration}, attempt ${attempt}`}
    >
      <time>{exactTime(at, zone)}</time>
      <span className="level">{level}</span>
      {showsStep && <span className="from clipped">{from}</span>}
      <span className="said">
        {program === 'command' && '$ '}
        <ShownText text={message} />
        {data !== null && program === undefined && exchange === undefined && (
          <span className="data">
            {' '}
            <ShownText text={JSON.stringify(data)} />
          </span>
        )}
      </span>
    </div>
  )
}

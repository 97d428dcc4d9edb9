import { ArrowDownToLine } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useZone } from '../../state/preferences.ts'
import { IconButton } from '../button/icon-button.tsx'
import { MeasuredLines } from '../lines/measured-lines.tsx'
import { useNewest } from '../lines/use-newest.ts'
import type { Log } from '../logs/merge-logs.ts'
import { ShownText } from '../text/shown-text.tsx'
import { exactTime } from '../time/format.ts'
import { counted } from '../../../model/counted.ts'
import { linesOf, type ProgramLog, type Shown } from './program-log.ts'
import './terminal.css'

const choices: readonly Shown[] = ['both', 'stdout', 'stderr']

interface TerminalProps {
  readonly log: ProgramLog
  /** Whose program it is. */
  readonly of: string
}

/** What a program prints, as it comes. It stays at the newest until somebody scrolls up. */
export function Terminal({ log, of }: TerminalProps) {
  const [shown, setShown] = useState<Shown>('both')
  const lines = useMemo(() => linesOf(log, shown), [log, shown])
  const { virtual, scroller, follows, setFollows, onScroll } = useNewest(lines.length, 18)
  return (
    <div className="program-terminal">
      <div className="toolbar">
        <select aria-label="Which stream" value={shown} onChange={(event) => setShown(choices.find((each) => each === event.target.value) ?? 'both')}>
          {choices.map((each) => (
            <option key={each} value={each}>
              {each === 'both' ? 'stdout and stderr' : each}
            </option>
          ))}
        </select>
        <span className="quiet" role="status">
          {counted(lines.length, 'line')}
        </span>
        <IconButton icon={ArrowDownToLine} label="Follow the newest" pressed={follows} onPress={() => setFollows(!follows)} />
      </div>
      <div
        className="lines"
        ref={scroller}
        role="log"
        aria-live="off"
        aria-label={`What the program of ${of} printed`}
        tabIndex={0}
        onScroll={onScroll}
      >
        {lines.length === 0 && <p className="quiet none">{log.end === undefined ? 'It has printed nothing yet.' : 'It printed nothing.'}</p>}
        <MeasuredLines virtual={virtual}>
          {(index) => {
            const line = lines[index]
            return line !== undefined && <Line line={line} />
          }}
        </MeasuredLines>
      </div>
    </div>
  )
}

const names = { stdout: 'out', stderr: 'err' } as const

function Line({ line: { at, program, message } }: { readonly line: Log }) {
  const zone = useZone()
  const stream = program === 'stdout' || program === 'stderr' ? program : undefined
  return (
    <div className={`line ${stream ?? 'note'}`} title={exactTime(at, zone)}>
      <span className="stream">{stream === undefined ? '···' : names[stream]}</span>
      <span className="said">
        <ShownText text={message} />
      </span>
    </div>
  )
}

import { Link } from '@tanstack/react-router'
import { CheckCircle2, CircleHelp, CircleSlash, CircleX, GitCompareArrows, Hand, RotateCcw, Square, X } from 'lucide-react'
import { useEffect } from 'react'
import type { LetterResult } from '../../../contract/dead-letters.ts'
import type { LetterOutcome } from '../../../model/dead-letter.ts'
import { Button } from '../../widgets/button/button.tsx'
import { IconButton } from '../../widgets/button/icon-button.tsx'
import { tell } from '../../widgets/feedback/toasts.tsx'
import { MarkedRunId } from '../../widgets/replay/marked-run-id.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import type { Look } from '../../widgets/status/look.ts'
import { StatusBadge } from '../../widgets/status/status-badge.tsx'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { labelOf } from '../attention/act/actions.ts'
import { counted } from '../../../model/counted.ts'
import { closeTaking, stop, type Taking, useTaking, wentWell } from './taking.ts'

const looks: Readonly<Record<LetterOutcome, Look>> = {
  recovered: { tone: 'success', word: 'Recovered', icon: CheckCircle2 },
  discarded: { tone: 'success', word: 'Discarded', icon: CheckCircle2 },
  requeued: { tone: 'attention', word: 'Failed again, queued again', icon: RotateCcw },
  asks: { tone: 'attention', word: 'Asks a person', icon: Hand },
  failed: { tone: 'failure', word: 'Failed', icon: CircleX },
  withdrawn: { tone: 'inactive', word: 'Went back, or ended', icon: CircleSlash },
  conflict: { tone: 'attention', word: 'Had moved on', icon: GitCompareArrows },
  refused: { tone: 'failure', word: 'Refused', icon: CircleX },
  not_found: { tone: 'inactive', word: 'Not in the queue', icon: CircleHelp },
  unavailable: { tone: 'failure', word: 'Not answered', icon: CircleX },
}

/** What became of each run that is being taken out of the queue: as it goes on, and after. */
export function TakingPanel() {
  const taking = useTaking((state) => state.taking)
  return taking === null ? null : <Progress taking={taking} />
}

function Progress({ taking }: { readonly taking: Taking }) {
  const { total, results, phase, trouble } = taking
  const title = headline(taking)
  useToldOutcome(taking, title)
  return (
    <Panel
      title={title}
      flush
      aside={
        phase === 'under way' ? (
          <Button icon={Square} onPress={stop}>
            Stop
          </Button>
        ) : (
          <IconButton icon={X} label="Close the results" onPress={closeTaking} />
        )
      }
    >
      <div className="taking-results">
        <progress max={Math.max(total ?? 1, 1)} value={results.length} aria-label="Runs of which it is known what became of them" />
        {trouble !== null && (
          <p data-tone="failure" role="alert" className="trouble">
            {trouble}. None was begun after that.
          </p>
        )}
        <ul aria-label="What became of each run">
          {results.toReversed().map((result) => (
            <Result key={`${result.run} ${result.step ?? ''}`} result={result} />
          ))}
        </ul>
      </div>
    </Panel>
  )
}

function Result({ result: { run, step, action, outcome, message } }: { readonly result: LetterResult }) {
  return (
    <li>
      <StatusBadge look={looks[outcome]} />
      <Link to="/runs/$run" params={{ run }} className="link" title={run}>
        <MarkedRunId run={run} />
      </Link>
      <span className="quiet">
        {step !== null && `${labelOf('dead_letter', action)} at ${step}`}
        {message !== null && (
          <>
            {step !== null && ': '}
            <ShownText text={message} />
          </>
        )}
      </span>
    </li>
  )
}

function headline({ verb, total, results, phase }: Taking): string {
  const well = results.filter(wentWell).length.toLocaleString('en')
  const [doing, done] = verb === 'drain' ? ['Draining', 'Recovered'] : ['Discarding', 'Discarded']
  if (phase === 'under way') return total === null ? `${doing}…` : `${doing}: ${results.length.toLocaleString('en')} of ${counted(total, 'run')}`
  const words = `${done} ${well} of ${counted(total ?? results.length, 'run')}`
  return phase === 'finished' ? words : `${phase === 'stopped' ? 'Stopped' : 'Broken off'}: ${words.toLowerCase()}`
}

/** Says the outcome once it is known, for whoever looks elsewhere by then. */
function useToldOutcome({ phase, results }: Taking, title: string): void {
  const left = results.length - results.filter(wentWell).length
  useEffect(() => {
    if (phase !== 'finished') return
    if (left === 0) tell.done(title)
    else tell.failed(title, `${counted(left, 'run')} did not go well: each says why in the results.`)
  }, [phase, left, title])
}

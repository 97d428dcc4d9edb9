/** What became of each run of an action on many: as it goes on, and after. */
import { RotateCcw, Square, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Api } from '../../../../contract/index.ts'
import { useApi } from '../../../state/client.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { IconButton } from '../../../widgets/button/icon-button.tsx'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { actions, runsInWords } from './actions.ts'
import { begin, closeJob, goOn, hasFailed, type Job, stop, useJob } from './job.ts'
import { ResultList } from './result-list.tsx'
import { atOnce } from './stages.ts'
import './bulk-panel.css'

export function BulkPanel() {
  const job = useJob((state) => state.job)
  return job === null ? null : <JobPanel job={job} />
}

function JobPanel({ job }: { readonly job: Job }) {
  const api = useApi()
  const [onlyFailed, setOnlyFailed] = useState(false)
  const { results, failed, stages, phase, trouble } = job
  const done = results.length - failed
  const isActive = phase === 'under way' || phase === 'between'
  useToldOutcome(job)
  return (
    <section className="bulk-panel" aria-label={`${actions[job.action].verb}: results`}>
      <header>
        <h2 aria-live="polite">{headline(job)}</h2>
        <progress max={Math.max(stages.total, results.length, 1)} value={results.length} aria-label="Runs with a result" />
        <div className="filter" role="group" aria-label="Shown results">
          <button type="button" className="chip" aria-pressed={!onlyFailed} onClick={() => setOnlyFailed(false)}>
            All {results.length.toLocaleString('en')}
          </button>
          <button type="button" className="chip" aria-pressed={onlyFailed} onClick={() => setOnlyFailed(true)}>
            Not done {failed.toLocaleString('en')}
          </button>
        </div>
        {phase === 'between' && (
          <Button tone="primary" asksHost onPress={() => void goOn(api)}>
            {nextStage(job)}
          </Button>
        )}
        {isActive && (
          <Button icon={Square} onPress={stop}>
            Stop
          </Button>
        )}
        {!isActive && failed > 0 && (
          <Button icon={RotateCcw} asksHost onPress={() => retry(api, job)}>
            Try {runsInWords(failed)} again
          </Button>
        )}
        <IconButton icon={X} label="Close" unavailable={isActive ? 'stop it first' : undefined} onPress={closeJob} />
      </header>
      {trouble !== null && (
        <p className="trouble" data-tone="failure" role="alert">
          {trouble}. {runsInWords(done)} had been done; none was begun after that.
        </p>
      )}
      <ResultList results={onlyFailed ? results.filter(hasFailed) : results} />
    </section>
  )
}

function retry(api: Api, { action, results, reason }: Job): void {
  const failed = results.filter(hasFailed).map(({ run }) => ({ run }))
  void begin(api, action, atOnce({ runs: failed }, failed.length), reason)
}

/** Where it stands, in a line. */
function headline({ action, results, failed, stages, phase }: Job): string {
  const { verb, done } = actions[action]
  const ok = (results.length - failed).toLocaleString('en')
  const all = runsInWords(Math.max(stages.total, results.length))
  if (phase === 'under way') return `${verb}: ${results.length.toLocaleString('en')} of ${all}`
  if (phase === 'between') return `${done} ${ok} of ${results.length}. Look at them, then go on`
  if (phase === 'stopped') return `Stopped: ${done.toLowerCase()} ${ok} of ${all}`
  if (phase === 'broken') return `Broken off: ${done.toLowerCase()} ${ok} of ${all}`
  return `${done} ${ok} of ${runsInWords(results.length)}`
}

function nextStage({ stages, stage, results }: Job): string {
  const size = stages.sizes[stage + 1]
  return size === undefined ? `Go on with all ${(stages.total - results.length).toLocaleString('en')} others` : `Go on with ${size}`
}

/** Says the outcome once it is known, for whoever looks elsewhere by then. */
function useToldOutcome(job: Job): void {
  const { phase, failed } = job
  const title = headline(job)
  useEffect(() => {
    if (phase !== 'finished') return
    if (failed === 0) tell.done(title)
    else tell.failed(title, `${runsInWords(failed)} could not be: each says why in the results.`)
  }, [phase, failed, title])
}

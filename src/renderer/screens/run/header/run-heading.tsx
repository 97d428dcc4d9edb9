import { Link } from '@tanstack/react-router'
import { Pin } from 'lucide-react'
import { counted } from '../../../../model/counted.ts'
import { countIn } from '../../../../model/retention.ts'
import { useNow } from '../../../state/now.ts'
import { useZone } from '../../../state/preferences.ts'
import { CopyButton, ShortId } from '../../../widgets/identity/short-id.tsx'
import { lookOfRun } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { Lasted, Time } from '../../../widgets/time/times.tsx'
import { useReplays } from '../replay/use-replays.ts'
import { useCalmly } from '../state/calm.ts'
import { branchInWords, onBranch } from '../state/on-branch.ts'
import { useSelect } from '../state/selection.ts'
import { ParentLine } from './parent-line.tsx'
import { ReplayLine } from './replay-line.tsx'
import { whyOf } from './why.ts'
import './run-heading.css'

/** Which run it is, how it stands, and why. */
export function RunHeading() {
  const record = useCalmly(({ run }) => run.detail.record)
  const { id, workflow, workflowVersion, createdAt, endedAt } = record
  return (
    <div className="run-heading">
      <div className="which">
        <Link to="/workflows/$workflow" params={{ workflow }} className="workflow" title={workflow}>
          <h1>{workflow}</h1>
        </Link>
        <span className="quiet">v{workflowVersion}</span>
        <span className="id">
          <ShortId id={id} />
          <CopyButton text={id} label="Copy the id of the run" />
        </span>
        <StatusBadge look={lookOfRun(record)} as="pill" />
        <Kept />
        <span className="facts quiet">
          <span>
            started <Time at={createdAt} />
          </span>
          <span>
            <Lasted from={createdAt} until={endedAt} />
          </span>
          <Checkpoints />
        </span>
      </div>
      <div className="standing">
        <Why />
        <Restored />
        <Replays />
      </div>
      <ReplayLine />
      <ParentLine />
    </div>
  )
}

/** How many there are, of all branches, without those that retention removed. */
function Checkpoints() {
  const count = useCalmly(({ run, branches }) => run.detail.record.head + 1 - countIn(branches.flatMap(({ removed }) => removed)))
  return (
    <span>
      {counted(count, 'checkpoint')}
    </span>
  )
}

/** That retention leaves the run alone; who wishes it and why is told with the facts of the run. */
function Kept() {
  const kept = useCalmly(({ run }) => run.detail.record.kept)
  const select = useSelect()
  if (kept === null) return null
  return (
    <button type="button" className="kept quiet" title={kept.why ?? undefined} onClick={() => select({ step: undefined, iteration: undefined, attempt: undefined, tab: 'step' })}>
      <Pin aria-hidden />
      kept
    </button>
  )
}

/** How often the run was replayed; leads to these runs. */
function Replays() {
  const { total, query } = useReplays() ?? { total: 0, query: '' }
  if (total === 0) return null
  return (
    <Link to="/runs" search={{ query }} className="link replays">
      {counted(total, 'replay')}
    </Link>
  )
}

/** Who sent the run to the branch that it is on, and why; leads to all of them. */
function Restored() {
  const select = useSelect()
  const now = useCalmly(({ run }) => run.detail.record.branch)
  const branch = useCalmly(({ branches }) => branches.find(({ number, from }) => number === now && from !== null))
  if (branch === undefined) return null
  const { at, by, why } = branch
  return (
    <button type="button" className="restored clipped quiet" title={why ?? undefined} onClick={() => select({ tab: 'restore' })}>
      <ShownText text={branchInWords(branch)} />, restored <Time at={at} /> by <ShownText text={by.name} />
      {why !== null && (
        <>
          : <ShownText text={why} />
        </>
      )}
    </button>
  )
}

/** Why it stands as it does, in a sentence that leads to what ends it. */
function Why() {
  const now = useNow()
  const zone = useZone()
  const select = useSelect()
  const { detail } = useCalmly(({ run }) => onBranch(run.detail, run.detail.record.branch))
  const { step, decision, text } = whyOf(detail, { now, zone })
  return (
    <p className="why">
      {step === null ? (
        <span className="clipped" title={text}>
          {text}
        </span>
      ) : (
        <button
          type="button"
          className="clipped"
          title={text}
          onClick={() => select({ step, iteration: undefined, attempt: undefined, tab: 'step' })}
        >
          {text}
        </button>
      )}
      {decision !== null && (
        <Link className="link" to="/attention" search={{ decision: `${detail.record.id}.${decision}` }}>
          Decide
        </Link>
      )}
    </p>
  )
}

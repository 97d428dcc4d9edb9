import { Link } from '@tanstack/react-router'
import type { AttentionItem } from '../../../model/attention.ts'
import type { DecisionKind } from '../../../model/decision.ts'
import type { RunId } from '../../../model/ids.ts'
import { isSetAside } from '../../../model/run.ts'
import { ShortId } from '../../widgets/identity/short-id.tsx'
import { MarkedRunId } from '../../widgets/replay/marked-run-id.tsx'
import { type Marked, ReplayMark } from '../../widgets/replay/replay-mark.tsx'
import type { Tone } from '../../widgets/status/look.ts'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { spelled } from '../../widgets/text/unseen.ts'
import { armLook } from '../../widgets/status/look.ts'
import { StatusBadge } from '../../widgets/status/status-badge.tsx'
import { Age } from '../../widgets/time/times.tsx'
import { askedBy } from '../attention/decision/title.ts'
import { kindWords, searchFor } from '../attention/items.ts'
import './attention-line.css'

interface Told {
  readonly word: string
  readonly about: string
  readonly run?: RunId
  /** Where what is told says whether the run is a replay. */
  readonly marked?: Marked
  readonly says: string
  readonly since: number | null
  /** What pressing it leads to. */
  readonly action: string
}

export function AttentionLine({ item }: { readonly item: AttentionItem }) {
  const { icon, tone } = item.kind === 'decision' && item.view.decision.kind === 'arm' ? armLook : kindWords[item.kind]
  const { word, about, run, marked, says, since, action } = told(item)
  return (
    <li className="attention-line">
      <span className="badge">
        <StatusBadge look={{ icon, tone: tone satisfies Tone, word }} as="pill" />
      </span>
      <div className="words">
        <p className="clipped">
          <b>
            <ShownText text={about} />
          </b> {run !== undefined && <Named run={run} marked={marked} />}
        </p>
        <p className="clipped quiet" title={spelled(says)}>
          <ShownText text={says} />
        </p>
      </div>
      <span className="quiet">{since !== null && <Age at={since} />}</span>
      <Link to="/attention" search={searchFor(item)} className="button">
        {action}
        <span className="unseen">
          {spelled(`${about}: ${says}`)}
        </span>
      </Link>
    </li>
  )
}

function Named({ run, marked }: { readonly run: RunId; readonly marked: Marked | undefined }) {
  if (marked === undefined) return <MarkedRunId run={run} />
  return (
    <>
      <ShortId id={run} /> <ReplayMark of={marked} />
    </>
  )
}

const decisionWords: Readonly<Record<DecisionKind, string>> = { approval: 'Decision', in_doubt: 'In doubt', recovery: 'Decision', arm: armLook.word, loop: 'Decision', dead_letter: 'Dead letter' }

function told(item: AttentionItem): Told {
  switch (item.kind) {
    case 'decision': {
      const { workflow, run, decision } = item.view
      return { word: decisionWords[decision.kind], about: workflow, run, marked: item.view, says: askedBy(item.view), since: decision.openedAt, action: 'Review…' }
    }
    case 'failures': {
      const { workflow, step, failure, count, lastAt, runs } = item
      const says = `${step === null ? '' : `${step}: `}${failure.message}`
      return { word: count > 1 ? `${count} failed` : 'Failed', about: workflow, ...(count === 1 && runs[0] !== undefined ? { run: runs[0] } : {}), says, since: lastAt, action: 'Open' }
    }
    case 'quarantined': {
      const { workflow, id, failure, updatedAt } = item.run
      return { word: isSetAside(item.run) ? 'Set aside' : 'Corrupt', about: workflow, run: id, marked: item.run, says: failure?.message ?? 'its state cannot be trusted', since: updatedAt, action: 'Open' }
    }
    case 'policy_refused':
      return { word: 'Wrong', about: 'cairn.config.yaml', says: item.faults[0]?.message ?? 'it cannot be used as it is', since: item.at, action: 'Open' }
    case 'workflow_refused': {
      const says = item.failures[0]?.message ?? 'it cannot be loaded'
      return { word: 'Refused', about: item.name ?? item.file, says, since: null, action: 'Open' }
    }
    case 'damage': {
      const { object, key, detail, run } = item.finding
      // The run is named beside it.
      const which = run !== null && key.startsWith(run) ? key.slice(run.length + 1) : key
      const says = which === '' ? detail : `${which}: ${detail}`
      return { word: 'Damaged', about: object, ...(run === null ? {} : { run }), says, since: null, action: 'Open' }
    }
    case 'alarm':
      return { word: 'Alarm', about: 'Store', says: item.failure.message, since: null, action: 'Open' }
  }
}

import type { ReactNode } from 'react'
import type { AttentionItem } from '../../../model/attention.ts'
import type { DecisionKind } from '../../../model/decision.ts'
import type { DecisionView } from '../../../model/views.ts'
import { ShortId } from '../../widgets/identity/short-id.tsx'
import { MarkedRunId } from '../../widgets/replay/marked-run-id.tsx'
import { ReplayMark } from '../../widgets/replay/replay-mark.tsx'
import { armLook, decisionLook, type Look, runLook } from '../../widgets/status/look.ts'
import { StatusBadge } from '../../widgets/status/status-badge.tsx'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { spelled } from '../../widgets/text/unseen.ts'
import { Age, Lasted } from '../../widgets/time/times.tsx'
import { askedBy } from './decision/title.ts'
import { kindWords } from './items.ts'
import { counted } from '../../../model/counted.ts'

/** An item of the list in three lines: what it is of, what is asked or wrong, and since when. */
export function RowContent({ item }: { readonly item: AttentionItem }) {
  switch (item.kind) {
    case 'decision':
      return <DecisionRow view={item.view} />
    case 'failures': {
      const { workflow, step, failure, count, above, lastAt } = item
      return (
        <Lines title={workflow} look={runLook.failed} said={`${step === null ? '' : `${step}: `}${failure.message}`}>
          {count > 1 && <strong>{counted(count, 'run')} alike · </strong>}
          {above.length > 0 && <>{counted(above.length, 'run')} above it failed too · </>}
          last <Age at={lastAt} />
        </Lines>
      )
    }
    case 'quarantined':
      return (
        <Lines title={item.run.workflow} look={runLook.quarantined} said={item.run.failure?.message ?? 'Its state cannot be trusted'}>
          <ShortId id={item.run.id} /> <ReplayMark of={item.run} /> · since <Age at={item.run.updatedAt} />
        </Lines>
      )
    case 'policy_refused':
      return (
        <Lines title="cairn.config.yaml" look={{ ...kindWords.policy_refused, word: 'Wrong' }} said={item.faults[0]?.message ?? ''}>
          {counted(item.faults.length, 'fault')} · since <Age at={item.at} />
        </Lines>
      )
    case 'workflow_refused':
      return (
        <Lines title={item.name ?? item.file} look={{ ...kindWords.workflow_refused, word: 'Refused' }} said={item.failures[0]?.message ?? ''}>
          <ShownText text={item.file} />
        </Lines>
      )
    case 'damage':
      return (
        <Lines title={`Damaged ${item.finding.object}`} look={{ ...kindWords.damage, word: 'Damaged' }} said={item.finding.detail}>
          {item.finding.run === null ? <ShownText text={item.finding.key} /> : <MarkedRunId run={item.finding.run} />}
        </Lines>
      )
    case 'alarm':
      return (
        <Lines title="Store alarm" look={{ ...kindWords.alarm, word: 'Alarm' }} said={item.failure.message}>
          <ShownText text={item.failure.name} />
        </Lines>
      )
  }
}

const kindLook: Readonly<Record<DecisionKind, Look>> = {
  approval: { ...decisionLook.pending, word: 'Decision' },
  in_doubt: { ...decisionLook.pending, word: 'In doubt' },
  recovery: { ...decisionLook.pending, word: 'Recovery' },
  arm: armLook,
  loop: { ...decisionLook.pending, word: 'In a circle' },
  dead_letter: { ...decisionLook.pending, word: 'Dead letter' },
}

function DecisionRow({ view }: { readonly view: DecisionView }) {
  const { workflow, decision } = view
  const { kind, openedAt, deadline } = decision
  return (
    <Lines title={workflow} look={kindLook[kind]} said={askedBy(view)}>
      <ReplayMark of={view} /> waits <Lasted from={openedAt} until={null} />
      {deadline !== null && (
        <>
          {' '}
          · due <Age at={deadline} />
        </>
      )}
    </Lines>
  )
}

/** Two lines are shown of what is said, and under the pointer so many characters. */
const longestHint = 1_000

interface LinesProps {
  readonly title: string
  readonly look: Look
  readonly said: string
  readonly children: ReactNode
}

function Lines({ title, look, said, children }: LinesProps) {
  return (
    <>
      <span className="head">
        <span className="name clipped" title={spelled(title)}>
          <ShownText text={title} />
        </span>
        <StatusBadge look={look} as="pill" />
      </span>
      <span className="said" title={spelled(said.slice(0, longestHint))}>
        <ShownText text={said.slice(0, longestHint)} />
      </span>
      <span className="since">{children}</span>
    </>
  )
}

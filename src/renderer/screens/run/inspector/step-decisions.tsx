import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { DecisionRecord } from '../../../../model/decision.ts'
import type { RunId } from '../../../../model/ids.ts'
import { OutsideList } from '../../../widgets/preview/outside-list.tsx'
import { decisionLook } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { Time } from '../../../widgets/time/times.tsx'
import { useConsequences } from '../../attention/consequences/use-consequences.ts'
import { useTitleOf } from '../restore/use-title-of.ts'
import { useRestedDetail, useRestedView } from '../state/view.ts'
import { Facts } from './facts.tsx'
import { Part } from './part.tsx'
import type { Pass } from './use-pass.ts'

/** What a person was asked about the pass, and what they said; at a moment, by then. */
export function StepDecisions({ pass: { step, record } }: { readonly pass: Pass }) {
  const { decisions, record: run } = useRestedDetail()
  const { detail: now } = useRestedView()
  const own = useMemo(
    () => decisions.filter((decision) => decision.step === step.id && decision.iteration === record?.iteration),
    [decisions, step.id, record?.iteration],
  )
  // What was open at the moment that is looked at may have been answered since.
  const isOpen = (id: DecisionRecord['id']): boolean => now.decisions.some((each) => each.id === id && each.status === 'pending')
  return own.map((decision) => (
    <Part
      key={decision.id}
      title={kinds[decision.kind]}
      aside={
        <Link className="link" to="/attention" search={{ decision: `${run.id}.${decision.id}` }}>
          {isOpen(decision.id) ? 'Decide' : 'Open'}
        </Link>
      }
    >
      {decision.kind === 'arm' && isOpen(decision.id) && <WouldDo run={run.id} decision={decision} />}
      <Facts of={factsOf(decision)} />
    </Part>
  ))
}

const kinds: Readonly<Record<DecisionRecord['kind'], string>> = {
  approval: 'Approval',
  in_doubt: 'Did it happen?',
  recovery: 'How does it go on?',
  arm: 'May it touch the outside world?',
  loop: 'Does it go on in its circle?',
  dead_letter: 'What becomes of it?',
}

/** Whom it reaches once it is armed. */
function WouldDo({ run, decision }: { readonly run: RunId; readonly decision: DecisionRecord }) {
  const titleOf = useTitleOf()
  const { actions } = useConsequences({ run, decision: decision.id }, { note: '', edit: undefined, checkpoint: null })
  const outside = actions?.find(({ action }) => action === 'arm')?.outside.filter(({ certain }) => certain) ?? []
  return (
    <div className="would-do">
      <p>This is a replay: nothing outside happens before somebody arms it.</p>
      <OutsideList outside={outside} titleOf={titleOf} />
    </div>
  )
}

function factsOf({ status, action, actor, note, openedAt, closedAt, deadline, actions }: DecisionRecord) {
  return {
    status: <StatusBadge look={decisionLook[status]} />,
    asked: <Time at={openedAt} />,
    due: status !== 'pending' || deadline === null ? null : <Time at={deadline} />,
    choices: status === 'pending' ? actions.map(({ name }) => name).join(', ') : null,
    answer: action,
    by: actor?.name,
    answered: closedAt === null ? null : <Time at={closedAt} />,
    note: note === '' ? null : note,
  }
}

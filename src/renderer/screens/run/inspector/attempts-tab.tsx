import { Repeat2 } from 'lucide-react'
import { memo, useMemo, useState } from 'react'
import { allowanceInWords } from '../../../../model/allowance.ts'
import type { Instant } from '../../../../model/ids.ts'
import type { AttemptRecord } from '../../../../model/step.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Empty } from '../../../widgets/feedback/empty.tsx'
import { attemptLook } from '../../../widgets/status/look.ts'
import { phaseWords } from '../../../widgets/status/phase.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { Lasted, Time } from '../../../widgets/time/times.tsx'
import { useSelect, useSelection } from '../state/selection.ts'
import { useRestedDetail, useRestedMoment } from '../state/view.ts'

const page = 100

/** Every try, the newest first: of the selected step, or of all. */
export function AttemptsTab() {
  const { step, iteration, attempt: chosen } = useSelection()
  const select = useSelect()
  const { attempts } = useRestedDetail()
  const until = useRestedMoment()?.at ?? null
  const [most, setMost] = useState(page)
  const shown = useMemo(
    () =>
      attempts
        .filter((attempt) => step === undefined || attempt.step === step)
        .toSorted((one, other) => other.startedAt - one.startedAt),
    [attempts, step],
  )
  if (shown.length === 0)
    return (
      <Empty
        icon={Repeat2}
        title={step === undefined ? 'Nothing has been tried yet' : `${step} has not been tried yet`}
      />
    )
  return (
    <ol className="attempts" aria-label={step === undefined ? 'Attempts of the run' : `Attempts of ${step}`}>
      {shown.slice(0, most).map((attempt) => (
        <Attempt
          key={`${attempt.step}/${attempt.iteration}/${attempt.attempt}/${attempt.phase}`}
          attempt={attempt}
          isChosen={attempt.step === step && attempt.iteration === iteration && attempt.attempt === chosen}
          until={until}
          select={select}
        />
      ))}
      {shown.length > most && (
        <li>
          <Button tone="quiet" onPress={() => setMost(most + 5 * page)}>
            Show more of {shown.length - most} earlier ones
          </Button>
        </li>
      )}
    </ol>
  )
}

interface AttemptProps {
  readonly attempt: AttemptRecord
  readonly isChosen: boolean
  /** The moment that is looked at; null where that is now. */
  readonly until: Instant | null
  readonly select: ReturnType<typeof useSelect>
}

const Attempt = memo(function Attempt({ attempt: record, isChosen, until, select }: AttemptProps) {
  const { step, iteration, attempt, phase, status, effect, failure, startedAt, endedAt } = record
  const given = givenTo(record)
  return (
    <li className={isChosen ? 'attempt chosen' : 'attempt'}>
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={() => select(isChosen ? { iteration: undefined, attempt: undefined } : { step, iteration, attempt })}
      >
        <StatusBadge look={attemptLook[status]} />
        <span className="what">
          <span className="clipped">
            {phaseWords[phase]}
            {step}
          </span>
          {iteration > 1 && <span> · iteration {iteration}</span>}
          {phase === 'run' && <span> · attempt {attempt}</span>}
        </span>
        <span className="quiet">
          <Lasted from={startedAt} until={endedAt ?? until} />
        </span>
        <span className="quiet">
          <Time at={startedAt} />
        </span>
      </button>
      {failure !== null && <p className="why">{failure.message.split('\n', 1)[0]}</p>}
      {(effect === 'begun' || given !== '') && (
        <p className="quiet">
          {effect === 'begun' && 'touched the outside world'}
          {effect === 'begun' && given !== '' && ' · '}
          {given !== '' && `given ${given}`}
        </p>
      )}
    </li>
  )
})

/** What it may take: its timeout while it runs or where it was raised, and whatever else was raised. */
function givenTo({ status, timeout, allowance }: AttemptRecord): string {
  const isToldOf = timeout !== null && (status === 'running' || allowance?.timeout !== undefined)
  return allowanceInWords({ ...allowance, timeout: isToldOf ? timeout : undefined })
}

import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Metrics } from '../../../model/metrics.ts'
import { useCounts } from '../../state/counts.ts'
import { useLooking } from '../../state/looking.ts'
import type { Tone } from '../../widgets/status/look.ts'
import { lengthOfTime } from '../../widgets/time/format.ts'
import { Age } from '../../widgets/time/times.tsx'
import { type RangeName, ranges } from './ranges.ts'
import { endings, percent } from './shares.ts'
import './figures.css'

/** The engine gets over at least this share of the errors that can be got over. */
const recoveryGoal = 0.95
/** A checkpoint is on the disk within this time, in milliseconds. */
const checkpointGoal = 100

interface FiguresProps {
  readonly metrics: Metrics | undefined
  readonly range: RangeName
  /** The metrics cannot be told now. */
  readonly isLost: boolean
}

/** The six figures that say whether anything is the matter. */
export function Figures({ metrics, range, isLost }: FiguresProps) {
  const counts = useCounts()
  const { label } = ranges[range]
  return (
    <ul className="overview-figures" aria-label="Figures">
      <Figure
        name="Running"
        value={counts?.byStatus.running}
        href={<Link to="/runs" search={{ query: 'status:running,waiting,queued' }} aria-label="Runs under way" />}
      >
        {counts && `${grouped(counts.byStatus.waiting)} waiting, ${grouped(counts.byStatus.queued)} queued`}
      </Figure>
      <Completed metrics={metrics} label={label} isLost={isLost} />
      <Recovered metrics={metrics} label={label} isLost={isLost} />
      <Figure
        name="Needs a person"
        value={counts?.pendingDecisions}
        tone={counts !== undefined && counts.pendingDecisions > 0 ? 'attention' : undefined}
        href={<Link to="/attention" aria-label="What needs a person" />}
      >
        {counts &&
          (counts.oldestDecisionAt === null ? 'nobody waits for an answer' : <>oldest <Age at={counts.oldestDecisionAt} /></>)}
      </Figure>
      <Latency metrics={metrics} isLost={isLost} />
      <Integrity />
    </ul>
  )
}

function Completed({ metrics, label, isLost }: Named) {
  const ended = metrics && endings(metrics)
  return (
    <Figure
      name={`Completed, ${label}`}
      value={ended?.completed}
      isLost={isLost}
      href={<Link to="/runs" search={{ query: 'status:completed' }} aria-label="Completed runs" />}
    >
      {ended && (ended.all === 0 ? 'no run has ended' : `${percent(ended.completed, ended.all)} of ${grouped(ended.all)} ended`)}
    </Figure>
  )
}

function Recovered({ metrics, label, isLost }: Named) {
  const recovery = metrics?.recovery
  const isLow = recovery !== undefined && recovery.errors > 0 && recovery.byItself / recovery.errors < recoveryGoal
  return (
    <Figure
      name={`Recovered, ${label}`}
      value={recovery && (recovery.errors === 0 ? '–' : `${grouped(recovery.byItself)} / ${grouped(recovery.errors)}`)}
      isLost={isLost}
      tone={isLow ? 'attention' : undefined}
    >
      {recovery && (recovery.errors === 0 ? 'no error to get over' : `${percent(recovery.byItself, recovery.errors)} by itself`)}
    </Figure>
  )
}

function Latency({ metrics, isLost }: Omit<Named, 'label'>) {
  const total = metrics?.commitTotal
  const isHigh = total !== undefined && total.p99 !== null && total.p99 > checkpointGoal
  return (
    <Figure
      name="Checkpoint p99"
      value={total && (total.p99 === null ? '–' : lengthOfTime(total.p99))}
      isLost={isLost}
      tone={isHigh ? 'failure' : undefined}
    >
      {total && (total.count === 0 ? 'no checkpoint was taken' : `of ${grouped(total.count)} taken`)}
    </Figure>
  )
}

function Integrity() {
  const counts = useCounts()
  const looks = useLooking(({ looks }) => looks)
  const check = counts?.integrity
  if (check === undefined) return <Figure name="Integrity" value={undefined} />
  const href = <Link to="/integrity" aria-label="Integrity of the store" />
  if (check === null) return <Figure name="Integrity" value="–" href={href}>{looks ? 'not checked: only shown here' : 'the first check is under way'}</Figure>
  const { findings, checkpoints, checkedAt } = check
  if (checkpoints === 0 && findings === 0) return <Figure name="Integrity" value="–" href={href}>nothing to check yet</Figure>
  return (
    <Figure
      name="Integrity"
      value={findings === 0 ? 'Whole' : 'Damaged'}
      tone={findings === 0 ? 'success' : 'failure'}
      href={href}
    >
      <span className="count">{findings === 0 ? grouped(checkpoints) : `${grouped(findings)} found,`} </span>checked <Age at={checkedAt} />
    </Figure>
  )
}

interface Named {
  readonly metrics: Metrics | undefined
  readonly label: string
  readonly isLost: boolean
}

interface FigureProps {
  readonly name: string
  /** Undefined until it is known. */
  readonly value: number | string | undefined
  /** It will not be known: it cannot be told. */
  readonly isLost?: boolean
  readonly tone?: Tone | undefined
  /** A link over the whole card, where there is somewhere to go. */
  readonly href?: ReactNode
  readonly children?: ReactNode
}

function Figure({ name, value, isLost = false, tone, href, children }: FigureProps) {
  const isUntold = isLost && value === undefined
  return (
    <li className="overview-figure" data-tone={tone} aria-busy={value === undefined && !isUntold}>
      <span className="name">{name}</span>
      <span className="value">{typeof value === 'number' ? grouped(value) : (value ?? (isUntold ? '–' : ' '))}</span>
      <span className="more clipped">{children ?? (isUntold ? 'cannot be told' : ' ')}</span>
      {href}
    </li>
  )
}

const grouped = (count: number): string => count.toLocaleString('en')

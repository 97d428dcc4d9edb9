import { Timer } from 'lucide-react'
import { memo } from 'react'
import { CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from 'recharts'
import type { ErrorFigures, Spread } from '../../../../model/error-query.ts'
import { useZone } from '../../../state/preferences.ts'
import { ChartFrame } from '../../../widgets/charts/chart-frame.tsx'
import { Swatch } from '../../../widgets/charts/chart-key.tsx'
import { ChartTip } from '../../../widgets/charts/chart-tip.tsx'
import { bucketWords, timeAxis } from '../../../widgets/charts/time-axis.ts'
import { Empty } from '../../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { Panel } from '../../../widgets/panel/panel.tsx'
import { counted } from '../../../../model/counted.ts'
import { lengthOfTime } from '../../../widgets/time/format.ts'

type What = 'detection' | 'recovery'

const series = [
  { name: 'p50', colour: 'var(--inactive)' },
  { name: 'p95', colour: 'var(--running)' },
] as const

interface TimesPanelProps {
  readonly figures: ErrorFigures | undefined
  readonly of: What
  readonly title: string
  /** What is counted, in words. */
  readonly says: string
  readonly empty: string
}

/** How long something took, over time and in all. */
export function TimesPanel({ figures, of, title, says, empty }: TimesPanelProps) {
  const all = figures?.[of]
  return (
    <Panel title={title} aside={all !== undefined && all.count > 0 ? <InAll spread={all} /> : undefined}>
      {all === undefined && <Skeleton lines={6} />}
      {all?.count === 0 && <Empty icon={Timer} title={empty} />}
      {figures !== undefined && all !== undefined && all.count > 0 && <TimesChart figures={figures} of={of} label={`${title}: ${says}`} />}
    </Panel>
  )
}

const length = (millis: number | null): string => (millis === null ? '–' : lengthOfTime(millis))

function InAll({ spread }: { readonly spread: Spread }) {
  return series.map(({ name, colour }) => (
    <span key={name} className="in-all">
      <Swatch colour={colour} /> {name} <b>{length(spread[name])}</b>
    </span>
  ))
}

interface TimesChartProps {
  readonly figures: ErrorFigures
  readonly of: What
  readonly label: string
}

const TimesChart = memo(function TimesChart({ figures: { from, to, bucket, buckets }, of, label }: TimesChartProps) {
  const zone = useZone()
  const points = buckets.filter((each) => each[of].count > 0).map((each) => ({ at: each.at, ...each[of] }))
  const spanOf = bucketWords(bucket, to, zone)
  return (
    <ChartFrame
      label={label}
      columns={['Time', 'Errors', ...series.map(({ name }) => name)]}
      rows={points.map(({ at, count, p50, p95 }) => [spanOf(at), String(count), length(p50), length(p95)])}
    >
      <LineChart data={points} margin={{ top: 6, right: 8, bottom: 0, left: 0 }} accessibilityLayer>
        <CartesianGrid vertical={false} />
        <XAxis {...timeAxis(from, to, zone)} />
        <YAxis width={66} tickFormatter={lengthOfTime} tickLine={false} axisLine={false} tickCount={4} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--line-strong)' }}
          content={({ active, label: at }) => {
            const point = points.find((each) => each.at === at)
            if (!active || point === undefined) return null
            return <ChartTip title={`${spanOf(point.at)}, ${counted(point.count, 'error')}`} entries={series.map(({ name, colour }) => ({ word: name, colour, value: length(point[name]) }))} />
          }}
        />
        {series.map(({ name, colour }) => (
          <Line key={name} dataKey={name} stroke={colour} strokeWidth={1.5} dot={points.length < 40 ? { r: 2 } : false} isAnimationActive={false} />
        ))}
      </LineChart>
    </ChartFrame>
  )
})

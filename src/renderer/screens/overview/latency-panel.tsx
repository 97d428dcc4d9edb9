import { Timer } from 'lucide-react'
import { memo } from 'react'
import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts'
import type { Metrics } from '../../../model/metrics.ts'
import { useZone } from '../../state/preferences.ts'
import { ChartFrame } from '../../widgets/charts/chart-frame.tsx'
import { ChartKey, type Series } from '../../widgets/charts/chart-key.tsx'
import { ChartTip } from '../../widgets/charts/chart-tip.tsx'
import { timeAxis } from '../../widgets/charts/time-axis.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { counted } from '../../../model/counted.ts'
import { lengthOfTime, shortTime } from '../../widgets/time/format.ts'
import { type RangeName, ranges } from './ranges.ts'

const series: readonly Series<'p50' | 'p99'>[] = [
  { name: 'p50', word: 'p50', colour: 'var(--inactive)' },
  { name: 'p99', word: 'p99', colour: 'var(--running)' },
]

/** A checkpoint is on the disk within this time, in milliseconds. */
const goal = 100

interface LatencyPanelProps {
  readonly metrics: Metrics | undefined
  readonly range: RangeName
}

/** How long checkpoints took to be on the disk, over time. */
export function LatencyPanel({ metrics, range }: LatencyPanelProps) {
  const count = metrics?.commitTotal.count
  return (
    <Panel title="Checkpoint latency" aside={<ChartKey series={series} />}>
      {count === undefined && <Skeleton lines={6} />}
      {count === 0 && <Empty icon={Timer} title={`No checkpoint in the ${ranges[range].words}`} />}
      {count !== undefined && count > 0 && metrics !== undefined && <LatencyChart metrics={metrics} />}
    </Panel>
  )
}

const LatencyChart = memo(function LatencyChart({ metrics }: { readonly metrics: Metrics }) {
  const zone = useZone()
  const { from, to, commits } = metrics
  // A point beside which nothing was measured has no line that would show it.
  const isSparse = commits.filter(({ count }) => count > 0).length < 40
  const highest = Math.max(0, ...commits.map(({ p99 }) => p99 ?? 0))
  const length = (millis: number | null): string => (millis === null ? '–' : lengthOfTime(millis))
  return (
    <ChartFrame
      label="Checkpoint latency"
      columns={['Time', 'Checkpoints', 'p50', 'p99']}
      rows={commits
        .filter(({ count }) => count > 0)
        .map(({ at, count, p50, p99 }) => [shortTime(at, to, zone), String(count), length(p50), length(p99)])}
    >
      <LineChart data={commits} margin={{ top: 6, right: 4, bottom: 0, left: 0 }} accessibilityLayer>
        <CartesianGrid vertical={false} />
        <XAxis {...timeAxis(from, to, zone)} />
        <YAxis width={48} tickFormatter={lengthOfTime} tickLine={false} axisLine={false} tickCount={4} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--line-strong)' }}
          content={({ active, label }) => {
            const at = commits.find((each) => each.at === label)
            if (!active || at === undefined) return null
            const entries = series.map(({ name, word, colour }) => ({ word, colour, value: length(at[name]) }))
            return <ChartTip title={`${shortTime(at.at, to, zone)}, ${counted(at.count, 'checkpoint')}`} entries={entries} />
          }}
        />
        {highest > goal / 2 && (
          <ReferenceLine y={goal} stroke="var(--failure)" strokeDasharray="4 3" label={{ value: 'goal', fill: 'var(--text-3)', fontSize: 11, position: 'insideTopLeft' }} />
        )}
        {series.map(({ name, colour }) => (
          <Line key={name} dataKey={name} stroke={colour} strokeWidth={1.5} dot={isSparse ? { r: 2 } : false} isAnimationActive={false} />
        ))}
      </LineChart>
    </ChartFrame>
  )
})

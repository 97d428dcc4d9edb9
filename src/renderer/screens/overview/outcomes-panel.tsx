import { Activity } from 'lucide-react'
import { memo } from 'react'
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import type { Metrics } from '../../../model/metrics.ts'
import { useZone } from '../../state/preferences.ts'
import { ChartFrame } from '../../widgets/charts/chart-frame.tsx'
import { ChartKey, type Series } from '../../widgets/charts/chart-key.tsx'
import { ChartTip } from '../../widgets/charts/chart-tip.tsx'
import { bucketWords, timeAxis } from '../../widgets/charts/time-axis.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { type RangeName, ranges } from './ranges.ts'

type Outcome = 'completed' | 'failed' | 'cancelled'

const series: readonly Series<Outcome>[] = [
  { name: 'completed', word: 'completed', colour: 'var(--success)' },
  { name: 'cancelled', word: 'cancelled', colour: 'var(--inactive)' },
  { name: 'failed', word: 'failed', colour: 'var(--failure)' },
]

interface OutcomesPanelProps {
  readonly metrics: Metrics | undefined
  readonly range: RangeName
}

/** How runs ended, over time. */
export function OutcomesPanel({ metrics, range }: OutcomesPanelProps) {
  const ended = metrics?.outcomes.some(({ completed, failed, cancelled }) => completed + failed + cancelled > 0)
  return (
    <Panel title={`Runs by outcome, ${ranges[range].words}`} aside={<ChartKey series={series} />}>
      <div className="outcome-chart chart">
        {ended === undefined && <Skeleton lines={6} />}
        {ended === false && <Empty icon={Activity} title={`No run ended in the ${ranges[range].words}`} />}
        {ended === true && metrics !== undefined && <OutcomeChart metrics={metrics} />}
      </div>
    </Panel>
  )
}

const OutcomeChart = memo(function OutcomeChart({ metrics }: { readonly metrics: Metrics }) {
  const zone = useZone()
  const { from, to, bucket, outcomes } = metrics
  const spanOf = bucketWords(bucket, to, zone)
  return (
    <ChartFrame
      label="Runs by outcome"
      columns={['Time', 'Started', ...series.map(({ word }) => word)]}
      rows={outcomes
        .filter(({ started, completed, failed, cancelled }) => started + completed + failed + cancelled > 0)
        .map((each) => [spanOf(each.at), String(each.started), ...series.map(({ name }) => String(each[name]))])}
    >
      <BarChart data={outcomes} margin={{ top: 6, right: 4, bottom: 0, left: 0 }} barCategoryGap={1} accessibilityLayer>
        <CartesianGrid vertical={false} />
        <XAxis {...timeAxis(from, to, zone, 6)} padding={{ left: 4, right: 4 }} />
        <YAxis width={34} allowDecimals={false} tickLine={false} axisLine={false} tickCount={4} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          content={({ active, label }) => {
            const at = outcomes.find((each) => each.at === label)
            if (!active || at === undefined) return null
            const entries = series.map(({ name, word, colour }) => ({ word, colour, value: String(at[name]) }))
            return <ChartTip title={spanOf(at.at)} entries={[...entries, { word: 'started', colour: 'var(--running)', value: String(at.started) }]} />
          }}
        />
        {series.map(({ name, colour }) => (
          <Bar key={name} dataKey={name} stackId="outcome" fill={colour} isAnimationActive={false} maxBarSize={18} />
        ))}
      </BarChart>
    </ChartFrame>
  )
})

import { memo } from 'react'
import { Bar, BarChart, CartesianGrid, Tooltip, XAxis, YAxis } from 'recharts'
import type { ErrorFigures } from '../../../../model/error-query.ts'
import { useZone } from '../../../state/preferences.ts'
import { ChartFrame } from '../../../widgets/charts/chart-frame.tsx'
import { ChartKey } from '../../../widgets/charts/chart-key.tsx'
import { ChartTip } from '../../../widgets/charts/chart-tip.tsx'
import { bucketWords, timeAxis } from '../../../widgets/charts/time-axis.ts'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { Panel } from '../../../widgets/panel/panel.tsx'
import { outcomes } from '../outcomes.ts'
import './outcomes-panel.css'

/** When errors came, and how those of each time stand now. */
export function OutcomesPanel({ figures }: { readonly figures: ErrorFigures | undefined }) {
  const there = outcomes.filter(({ status }) => figures?.buckets.some((bucket) => bucket.outcomes[status] > 0))
  return (
    <Panel title="By outcome">
      {figures === undefined && <Skeleton lines={6} />}
      {figures !== undefined && (
        <div className="error-outcomes">
          <ChartKey series={there.map(({ status, word, colour }) => ({ name: status, word, colour }))} />
          <OutcomesChart figures={figures} />
        </div>
      )}
    </Panel>
  )
}

const OutcomesChart = memo(function OutcomesChart({ figures: { from, to, bucket, buckets } }: { readonly figures: ErrorFigures }) {
  const zone = useZone()
  const spanOf = bucketWords(bucket, to, zone)
  const points = buckets.map(({ at, outcomes: counts }) => ({ at, ...counts }))
  return (
    <ChartFrame
      label="Errors by outcome"
      columns={['Time', ...outcomes.map(({ word }) => word)]}
      rows={points
        .filter((point) => outcomes.some(({ status }) => point[status] > 0))
        .map((point) => [spanOf(point.at), ...outcomes.map(({ status }) => String(point[status]))])}
    >
      <BarChart data={points} margin={{ top: 6, right: 4, bottom: 0, left: 0 }} barCategoryGap={1} accessibilityLayer>
        <CartesianGrid vertical={false} />
        <XAxis {...timeAxis(from, to, zone)} padding={{ left: 4, right: 4 }} />
        <YAxis width={34} allowDecimals={false} tickLine={false} axisLine={false} tickCount={4} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: 'var(--hover)' }}
          content={({ active, label }) => {
            const point = points.find(({ at }) => at === label)
            if (!active || point === undefined) return null
            const entries = outcomes.filter(({ status }) => point[status] > 0).map(({ status, word, colour }) => ({ word, colour, value: String(point[status]) }))
            return <ChartTip title={spanOf(point.at)} entries={entries} />
          }}
        />
        {outcomes.map(({ status, colour }) => (
          <Bar key={status} dataKey={status} stackId="outcome" fill={colour} isAnimationActive={false} maxBarSize={18} />
        ))}
      </BarChart>
    </ChartFrame>
  )
})

import { Gauge } from 'lucide-react'
import { counted } from '../../../model/counted.ts'
import type { Metrics } from '../../../model/metrics.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { lengthOfTime } from '../../widgets/time/format.ts'
import { BarList, BarRow } from './bar-list.tsx'
import './steps-panel.css'

type Step = Metrics['steps'][number]

/** How long attempts take, the slowest first: half of them within the dark bar, 95 of 100 within the light one. */
export function StepsPanel({ metrics }: { readonly metrics: Metrics | undefined }) {
  const steps = metrics?.steps.filter(({ p95 }) => p95 !== null).toSorted((a, b) => (b.p95 ?? 0) - (a.p95 ?? 0))
  const longest = steps?.[0]?.p95 ?? 0
  return (
    <Panel title="Step duration" aside="p50 / p95" flush>
      {steps === undefined && <Skeleton lines={6} />}
      {steps?.length === 0 && <Empty icon={Gauge} title="No attempt ended in this range" />}
      {steps !== undefined && steps.length > 0 && (
        <BarList className="step-bars" label="Steps, the slowest first">
          {steps.map((step) => (
            <StepBar key={`${step.workflow} ${step.step}`} step={step} longest={longest} />
          ))}
        </BarList>
      )}
    </Panel>
  )
}

function StepBar({ step: { workflow, step, p50, p95, count, failed }, longest }: { readonly step: Step; readonly longest: number }) {
  const share = (millis: number | null): string => `${(100 * (millis ?? 0)) / Math.max(longest, 1)}%`
  return (
    <BarRow
      name={
        <>
          {step} <span className="quiet">{workflow}</span>
        </>
      }
      query={`workflow:${workflow} step:${step}`}
      figure={
        <span>
          {lengthOfTime(p50 ?? 0)} <span className="quiet">/ {lengthOfTime(p95 ?? 0)}</span>
        </span>
      }
      bar={
        <>
          <span className="p95" style={{ width: share(p95) }} />
          <span className="p50" style={{ width: share(p50) }} />
        </>
      }
      title={`${counted(count, 'attempt')}, ${failed} of them failed`}
    />
  )
}

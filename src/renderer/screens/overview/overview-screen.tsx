import { getRouteApi } from '@tanstack/react-router'
import { NotTold } from '../../widgets/feedback/not-told.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { TourOffer } from '../tour/tour-offer.tsx'
import { AttentionPanel } from './attention-panel.tsx'
import { ErrorsPanel } from './errors-panel.tsx'
import { Figures } from './figures.tsx'
import { LatencyPanel } from './latency-panel.tsx'
import { OutcomesPanel } from './outcomes-panel.tsx'
import { OverviewActions } from './overview-actions.tsx'
import { useStickyRange } from './sticky-range.ts'
import { StepsPanel } from './steps-panel.tsx'
import { TickerPanel } from './ticker-panel.tsx'
import { useMetrics } from './use-metrics.ts'
import './overview-screen.css'

const route = getRouteApi('/')

/** How everything is, at a glance, and what to do first. */
export function OverviewScreen() {
  const search = route.useSearch()
  const sticky = useStickyRange((store) => store.range)
  const range = search.range ?? sticky
  const { metrics, error } = useMetrics(range, search.workflow)
  return (
    <Screen title="Overview" actions={<OverviewActions range={range} workflow={search.workflow} />}>
      <div className="overview">
        <TourOffer />
        {error !== null && <NotTold title="How runs have gone cannot be told" error={error} />}
        <Figures metrics={metrics} range={range} isLost={error !== null} />
        <AttentionPanel />
        {(error === null || metrics !== undefined) && (
          <>
            <OutcomesPanel metrics={metrics} range={range} />
            <StepsPanel metrics={metrics} />
            <LatencyPanel metrics={metrics} range={range} />
            <ErrorsPanel metrics={metrics} />
          </>
        )}
        <TickerPanel />
      </div>
    </Screen>
  )
}

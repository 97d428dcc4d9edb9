import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import { useApi } from '../../../state/client.ts'
import { hostTime } from '../../../state/now.ts'
import { Empty } from '../../../widgets/feedback/empty.tsx'
import { NotTold } from '../../../widgets/feedback/not-told.tsx'
import { type Asked, isFiltered, ranges } from '../search.ts'
import { ClassesPanel } from './classes-panel.tsx'
import { OutcomesPanel } from './outcomes-panel.tsx'
import { TimesPanel } from './times-panel.tsx'
import './figures-page.css'

/** How errors went over time: by outcome and class, how soon they were known, and how soon they were got over. */
export function FiguresPage({ asked }: { readonly asked: Asked }) {
  const api = useApi()
  const { within, class: of, workflow, outcome } = asked
  const { data, error } = useQuery({
    queryKey: ['errors', 'figures', within, of, workflow, outcome],
    queryFn: async () => {
      const until = await hostTime()
      return api.errorRecords.figures({ since: until - ranges[within].length, until, class: of, workflow, status: outcome })
    },
    placeholderData: keepPreviousData,
    meta: { follows: ['runs', 'statuses', 'host'], pace: 2_000 },
  })
  if (error !== null && data === undefined) return <NotTold title="How errors went cannot be told" error={error} />
  if (data?.classes.length === 0) {
    return (
      <Empty icon={ChartColumn} title="Nothing to draw">
        {isFiltered(asked) ? `No error of the ${ranges[within].words} is like that.` : `Nothing went wrong in the ${ranges[within].words}.`}
      </Empty>
    )
  }
  return (
    <div className="error-figures-page">
      <div className="error-figures">
        <OutcomesPanel figures={data} />
        <ClassesPanel figures={data} asked={asked} />
        <TimesPanel
          {...{ figures: data, of: 'recovery', title: 'Recovery time' }}
          empty={`No error was got over in the ${ranges[within].words}`}
          says="from when an error was on record to when it was got over"
        />
        <TimesPanel
          {...{ figures: data, of: 'detection', title: 'Detection time' }}
          empty="Nothing was detected"
          says="from when an error could first be known to when it was on record"
        />
      </div>
    </div>
  )
}

import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouterState } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { parse } from '../../../model/query/parse.ts'
import { useApi } from '../../state/client.ts'
import { Screen } from '../../widgets/screen/screen.tsx'
import { QueryBar } from '../../widgets/query-bar/query-bar.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { RunList } from './run-list.tsx'
import { askingOf } from './search.ts'
import { StatusChips } from './status-chips.tsx'
import { useAsk } from './use-ask.ts'
import { useColumns } from './use-columns.ts'
import { StartLink } from './start-link.tsx'
import { useSearchKeys } from './use-search-keys.ts'
import { ViewActions } from './view-actions.tsx'
import { ViewTabs } from './view-tabs.tsx'
import { useViews } from './view-store.ts'
import { shippedViews, viewOf } from './views.ts'
import { LastNote } from './last-note.tsx'
import './runs-screen.css'

const route = getRouteApi('/runs')

export function RunsScreen() {
  const search = route.useSearch()
  const asking = useMemo(() => askingOf(search), [search])
  const saved = useViews(({ views }) => views)
  const view = viewOf([...shippedViews, ...saved], search.view, asking)
  const { columns, setColumns } = useColumns(view)
  const ask = useAsk()
  const known = useKnown()
  const input = useRef<HTMLInputElement>(null)
  const isLast = useRouterState({ select: ({ location }) => location.state.isLast === true })
  const canAsk = useMemo(() => parse(asking.query).problems.length === 0, [asking.query])
  useEffect(() => useViews.getState().setLast(search), [search])
  useSearchKeys(input)

  const askFor = useCallback(
    (query: string, replace = false) => ask({ ...asking, query }, search.view, replace),
    [ask, asking, search.view],
  )
  return (
    <Screen
      title="Runs"
      full
      actions={<StartLink />}
      heading={
        <div className="runs-heading">
          <h1>Runs</h1>
          <ViewTabs shown={view} asking={asking} columns={columns} />
        </div>
      }
    >
      <div className="runs-screen">
        <div className="asking">
          <QueryBar
            query={asking.query}
            onApply={(query, by) => query === asking.query || askFor(query, by === 'rest')}
            known={known}
            input={input}
          />
          <ViewActions view={view} asking={asking} columns={columns} onShow={ask} />
          <ColumnChooser columns={columns} onChange={setColumns} />
          <StatusChips query={asking.query} canAsk={canAsk} onQuery={askFor} />
          {isLast && <LastNote onClear={() => ask(shippedViews[0] ?? asking, 'all')} />}
        </div>
        <RunList
          asking={asking}
          canAsk={canAsk}
          columns={columns}
          onColumns={setColumns}
          onSort={(sort) => ask({ ...asking, sort }, search.view)}
          onClear={() => askFor('')}
        />
      </div>
    </Screen>
  )
}

/** What a completion can name: the workflows of the workspace and their steps. */
function useKnown() {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['workflows', 'list'],
    queryFn: () => api.workflows.list(),
    meta: { follows: ['workflows'] },
  })
  return useMemo(() => {
    const ready = (data?.workflows ?? []).filter((each) => each.state === 'ready')
    const steps = ready.flatMap(({ steps: each }) => each.map(({ id }) => id))
    return { workflows: ready.map(({ name }) => name), steps: [...new Set(steps)].toSorted() }
  }, [data])
}

import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { CircleHelp, Play } from 'lucide-react'
import { WorkflowName } from '../../../model/ids.ts'
import type { Manifest } from '../../../model/manifest.ts'
import { useApi } from '../../state/client.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { TabPanels } from '../../widgets/tabs/tab-panels.tsx'
import { GraphTab } from './graph-tab.tsx'
import { HealthTab } from './health-tab.tsx'
import { RevisionsTab } from './revisions/revisions-tab.tsx'
import { SchemaTab } from './schema-tab.tsx'
import './workflow-screen.css'

const route = getRouteApi('/workflows/$workflow')

/** A workflow as new runs get it, as it was, and how its runs fare. */
export function WorkflowScreen() {
  const { workflow } = route.useParams()
  const name = WorkflowName.safeParse(workflow)
  const api = useApi()
  const { data, error } = useQuery({
    queryKey: ['workflows', 'get', workflow],
    queryFn: () => api.workflows.get({ workflow: WorkflowName.parse(workflow) }),
    enabled: name.success,
    meta: { follows: ['workflows'] },
  })
  if (data !== undefined) return <Known manifest={data.manifest} />
  return (
    <Screen title={workflow}>
      {name.success && error === null ? (
        <Skeleton lines={8} />
      ) : (
        <Empty icon={CircleHelp} title={`There is no workflow ${workflow}`}>
          It may be one of another workspace, or its file cannot be loaded.
          <p>
            <Link to="/workflows" className="link">
              All workflows
            </Link>
          </p>
        </Empty>
      )}
    </Screen>
  )
}

function Known({ manifest }: { readonly manifest: Manifest }) {
  const { tab = 'graph' } = route.useSearch()
  const navigate = route.useNavigate()
  const { name, version, file, description } = manifest
  const title = manifest.title ?? name
  return (
    <Screen
      title={title}
      full
      heading={
        <>
          <h1>{title}</h1>
          <p className="quiet clipped" title={description}>
            <code>{name}</code> version {version} · {file}
            {description !== undefined && ` · ${description}`}
          </p>
        </>
      }
      actions={
        <Link to="/workflows/$workflow/start" params={{ workflow: name }} className="button primary">
          <Play size={14} aria-hidden />
          <span>Start a run</span>
        </Link>
      }
    >
      <TabPanels
        label="What is shown of the workflow"
        chosen={tab}
        onChoose={(chosen) => void navigate({ search: (before) => ({ ...before, tab: chosen === 'graph' ? undefined : chosen }), replace: true })}
        panels={[
          { name: 'graph', title: 'Graph', content: <GraphTab manifest={manifest} /> },
          { name: 'schema', title: 'Schema', content: <SchemaTab manifest={manifest} /> },
          { name: 'revisions', title: 'Revisions', content: <RevisionsTab workflow={name} /> },
          { name: 'health', title: 'Health', content: <HealthTab workflow={name} /> },
        ]}
      />
    </Screen>
  )
}

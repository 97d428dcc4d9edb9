import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Workflow } from 'lucide-react'
import { useMemo } from 'react'
import type { WorkflowName } from '../../../model/ids.ts'
import { useApi } from '../../state/client.ts'
import { type Command, useCommands } from '../../state/commands.ts'
import { PopupMenu } from '../../widgets/menu/popup-menu.tsx'
import { RangeChoice } from '../../widgets/range-choice/range-choice.tsx'
import { RangeName, ranges } from './ranges.ts'
import { useStickyRange } from './sticky-range.ts'

interface OverviewActionsProps {
  readonly range: RangeName
  readonly workflow: WorkflowName | undefined
}

const route = getRouteApi('/')

/** Which time, and whose runs. */
export function OverviewActions({ range, workflow }: OverviewActionsProps) {
  const navigate = route.useNavigate()
  const setSticky = useStickyRange((store) => store.setRange)
  const commands = useMemo(
    (): readonly Command[] =>
      RangeName.options.map((name, index) => ({
        id: `range/${name}`,
        title: `Show the ${ranges[name].words}`,
        section: 'Overview',
        keys: String(index + 1),
        run: () => {
          setSticky(name)
          void navigate({ search: (before) => ({ ...before, range: name }), replace: true })
        },
      })),
    [navigate, setSticky],
  )
  useCommands(commands)

  return (
    <>
      <WorkflowMenu workflow={workflow} />
      <RangeChoice
        names={RangeName.options}
        label={(name) => ranges[name].label}
        chosen={range}
        onChoose={(name) => commands.find(({ id }) => id === `range/${name}`)?.run()}
      />
    </>
  )
}

function WorkflowMenu({ workflow }: Pick<OverviewActionsProps, 'workflow'>) {
  const api = useApi()
  const navigate = route.useNavigate()
  const { data } = useQuery({
    queryKey: ['workflows', 'list'],
    queryFn: () => api.workflows.list(),
    meta: { follows: ['workflows'] },
  })
  const names = (data?.workflows ?? []).flatMap(({ name }) => (name === null ? [] : [name]))
  const choose = (name: WorkflowName | undefined): void =>
    void navigate({ search: (before) => ({ ...before, workflow: name }), replace: true })
  return (
    <PopupMenu
      label="Workflow"
      trigger={
        <button type="button" className="button quiet">
          <Workflow size={14} aria-hidden />
          {workflow ?? 'All workflows'}
        </button>
      }
      choices={[
        { label: 'All workflows', chosen: workflow === undefined, onChoose: () => choose(undefined) },
        ...[...new Set(names)].map((name) => ({ label: name, chosen: name === workflow, onChoose: () => choose(name) })),
      ]}
    />
  )
}

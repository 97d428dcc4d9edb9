import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Play } from 'lucide-react'
import { useMemo } from 'react'
import { useApi } from '../../state/client.ts'
import { type Command, useCommands } from '../../state/commands.ts'

const none: readonly never[] = []

/** Every workflow can be started from everywhere. */
export function StartCommands() {
  const api = useApi()
  const navigate = useNavigate()
  const { data } = useQuery({ queryKey: ['workflows', 'list'], queryFn: () => api.workflows.list(), meta: { follows: ['workflows'] } })
  const workflows = data?.workflows ?? none
  const commands = useMemo(
    () =>
      workflows.flatMap((workflow): Command[] => {
        const { name } = workflow
        if (name === null) return []
        const start = () => void navigate({ to: '/workflows/$workflow/start', params: { workflow: name } })
        const shared = { id: `start/${name}`, title: `Start ${name}…`, section: 'Start a run', icon: Play, run: start }
        return [workflow.state === 'ready' ? { ...shared, also: workflow.title ?? '' } : { ...shared, unavailable: 'its file cannot be loaded' }]
      }),
    [workflows, navigate],
  )
  useCommands(commands)
  return null
}

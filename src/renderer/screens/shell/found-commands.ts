import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Activity, Workflow } from 'lucide-react'
import { useMemo } from 'react'
import { useApi } from '../../state/client.ts'
import type { Command } from '../../state/commands.ts'
import { shortId } from '../../widgets/identity/short-id.tsx'
import { lookOfRun } from '../../widgets/status/look.ts'

/** Runs and workflows that what was typed leads to, as commands that open them. */
export function useFoundCommands(text: string): readonly Command[] {
  const api = useApi()
  const navigate = useNavigate()
  const typed = text.trim()
  const workflows = useQuery({
    queryKey: ['workflows', 'list'],
    queryFn: () => api.workflows.list(),
    meta: { follows: ['workflows'] },
  })
  const runs = useQuery({
    queryKey: ['runs', 'typed', typed],
    queryFn: ({ signal }) => api.runs.search({ query: asWords(typed), offset: 0, limit: 8 }, { signal }),
    enabled: typed.length >= 2,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })

  return useMemo(() => {
    const names = (workflows.data?.workflows ?? []).flatMap((each) => (each.state === 'ready' ? [each.name] : []))
    const fitting = typed === '' ? [] : names.filter((name) => name.toLowerCase().includes(typed.toLowerCase()))
    return [
      ...fitting.map((workflow) => ({
        id: `workflow/${workflow}`,
        title: workflow,
        section: 'Workflows',
        icon: Workflow,
        run: () => void navigate({ to: '/workflows/$workflow', params: { workflow } }),
      })),
      ...(typed.length < 2 ? [] : (runs.data?.runs ?? [])).map((run) => ({
        id: `run/${run.id}`,
        title: `${run.workflow} ${shortId(run.id)}, ${lookOfRun(run).word.toLowerCase()}`,
        section: 'Runs',
        icon: Activity,
        run: () => void navigate({ to: '/runs/$run', params: { run: run.id } }),
      })),
    ]
  }, [typed, workflows.data, runs.data, navigate])
}

/** What is typed here is looked for as it stands; the query language belongs to the list of runs. */
function asWords(typed: string): string {
  return `"${typed.replaceAll('"', ' ')}"`
}

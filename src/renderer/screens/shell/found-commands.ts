import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Activity, Hand, Workflow } from 'lucide-react'
import { useMemo } from 'react'
import { type AttentionItem, useAttention } from '../../state/attention.ts'
import { useApi } from '../../state/client.ts'
import type { Command } from '../../state/commands.ts'
import { newest, useNews } from '../../state/news.ts'
import type { RunSummary } from '../../../model/views.ts'
import { shortId } from '../../widgets/identity/short-id.tsx'
import { replayIcon } from '../../widgets/replay/replay-icon.ts'
import { decisionLook, lookOfRun, workflowLook } from '../../widgets/status/look.ts'

/** Runs, workflows and open decisions that what was typed leads to, as commands that open them. */
export function useFoundCommands(text: string): readonly Command[] {
  const typed = text.trim()
  const workflows = useFoundWorkflows(typed)
  const decisions = useFoundDecisions(typed)
  const runs = useFoundRuns(typed)
  return useMemo(() => [...workflows, ...decisions, ...runs], [workflows, decisions, runs])
}

/** A decision is found by what its run is found by, and by its step. */
const mostDecisions = 8

const holds = (text: string, typed: string): boolean => typed !== '' && text.toLowerCase().includes(typed.toLowerCase())

function useFoundWorkflows(typed: string): readonly Command[] {
  const api = useApi()
  const navigate = useNavigate()
  const { data } = useQuery({
    queryKey: ['workflows', 'list'],
    queryFn: () => api.workflows.list(),
    meta: { follows: ['workflows'] },
  })
  return useMemo(
    () =>
      (data?.workflows ?? []).flatMap(({ name, file, state }): Command[] => {
        if (!holds(name ?? file, typed)) return []
        const shared = { id: `workflow/${file}`, title: name ?? file, section: 'Workflows', icon: Workflow, look: workflowLook[state] }
        if (state === 'refused' || name === null) return [{ ...shared, run: () => void navigate({ to: '/workflows' }) }]
        return [{ ...shared, run: () => void navigate({ to: '/workflows/$workflow', params: { workflow: name } }) }]
      }),
    [data, typed, navigate],
  )
}

function useFoundDecisions(typed: string): readonly Command[] {
  const navigate = useNavigate()
  const attention = useAttention()
  return useMemo(
    () =>
      (attention ?? [])
        .flatMap((item) => (isDecision(item) ? [item.view] : []))
        .map(({ run, workflow, origin, disarmed, decision }) => ({ run, title: `${decision.step}, ${workflow} ${shortId(run)}${markOf({ origin, disarmed })}`, decision: decision.id }))
        .filter(({ title }) => holds(title, typed))
        .slice(0, mostDecisions)
        .map(({ run, title, decision }) => ({
          id: `decision/${run}.${decision}`,
          title,
          section: 'Decisions',
          icon: Hand,
          look: decisionLook.pending,
          run: () => void navigate({ to: '/attention', search: { decision: `${run}.${decision}` } }),
        })),
    [attention, typed, navigate],
  )
}

type DecisionItem = Extract<AttentionItem, { kind: 'decision' }>

const isDecision = (item: AttentionItem): item is DecisionItem => item.kind === 'decision'

function useFoundRuns(typed: string): readonly Command[] {
  const api = useApi()
  const navigate = useNavigate()
  const told = useNews(({ runs }) => runs)
  const isLongEnough = typed.length >= 2
  const { data } = useQuery({
    queryKey: ['runs', 'typed', typed],
    queryFn: ({ signal }) => api.runs.search({ query: asWords(typed), offset: 0, limit: 8 }, { signal }),
    enabled: isLongEnough,
    placeholderData: keepPreviousData,
    gcTime: 0,
  })
  return useMemo(
    () =>
      (isLongEnough ? (data?.runs ?? []) : []).map((run) => ({
        id: `run/${run.id}`,
        title: `${run.workflow} ${shortId(run.id)}${markOf(run)}`,
        section: 'Runs',
        icon: run.origin === null ? Activity : replayIcon,
        look: lookOfRun(newest(run, told.get(run.id))),
        run: () => void navigate({ to: '/runs/$run', params: { run: run.id } }),
      })),
    [isLongEnough, data, told, navigate],
  )
}

const markOf = ({ origin, disarmed }: Pick<RunSummary, 'origin' | 'disarmed'>): string => (origin !== null ? ', replay' : disarmed ? ', of a replay' : '')

/** What is typed here is looked for as it stands; the query language belongs to the list of runs. */
function asWords(typed: string): string {
  return `"${typed.replaceAll('"', ' ')}"`
}

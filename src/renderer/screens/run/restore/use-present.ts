import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { RevisionHash } from '../../../../model/ids.ts'
import { useApi } from '../../../state/client.ts'
import { useCalmly } from '../state/calm.ts'
import { useView } from '../state/view.ts'

/** How the workflow as it is now stands to what the branch of a checkpoint pins. */
export type Present =
  | { readonly state: 'same' | 'gone' }
  | { readonly state: 'refused'; readonly pinned: number }
  | { readonly state: 'other'; readonly pinned: number; readonly revision: RevisionHash; readonly version: number }

/** Undefined until it is known. `pinned` and `version` are versions of the workflow. */
export function usePresent({ branch }: Pick<Checkpoint, 'branch'>): Present | undefined {
  const api = useApi()
  const workflow = useCalmly(({ run }) => run.detail.record.workflow)
  const { branches } = useView()
  const { data } = useQuery({
    queryKey: ['workflows', 'list'],
    queryFn: () => api.workflows.list(),
    meta: { follows: ['workflows'] },
    placeholderData: keepPreviousData,
  })
  const there = branches.find(({ number }) => number === branch)
  if (data === undefined || there === undefined) return undefined
  const present = data.workflows.find(({ name }) => name === workflow)
  if (present === undefined) return { state: 'gone' }
  const { workflowVersion: pinned } = there
  if (present.state === 'refused') return { state: 'refused', pinned }
  const { revision, version } = present
  return revision === there.revision ? { state: 'same' } : { state: 'other', pinned, revision, version }
}

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { DefinitionChoice } from '../../../../model/preview.ts'
import { useApi } from '../../../state/client.ts'
import { useCalmly } from '../state/calm.ts'
import { useView } from '../state/view.ts'

interface DefinitionPartProps {
  readonly of: Checkpoint
  readonly definition: DefinitionChoice
  readonly onChoose: (definition: DefinitionChoice) => void
}

/** With which definition the run goes on; nothing where the one that the moment has is the present one. */
export function DefinitionPart({ of, definition, onChoose }: DefinitionPartProps) {
  const api = useApi()
  const id = useId()
  const workflow = useCalmly(({ run }) => run.detail.record.workflow)
  const { branches } = useView()
  const { data } = useQuery({
    queryKey: ['workflows', 'list'],
    queryFn: () => api.workflows.list(),
    meta: { follows: ['workflows'] },
    placeholderData: keepPreviousData,
  })
  const pinned = branches.find(({ number }) => number === of.branch)
  const present = data?.workflows.find(({ name }) => name === workflow)
  if (pinned === undefined || present === undefined) return null
  if (present.state === 'refused') {
    return <p className="quiet">With version {pinned.workflowVersion}, as it was: the present definition cannot be loaded.</p>
  }
  if (present.revision === pinned.revision) return null
  return (
    <p className="definition-part">
      <label htmlFor={id}>With the definition</label>
      <select id={id} value={definition} onChange={({ target }) => onChoose(target.value === 'present' ? 'present' : 'pinned')}>
        <option value="pinned">as it was: version {pinned.workflowVersion}</option>
        <option value="present">as it is now: version {present.version}</option>
      </select>
    </p>
  )
}

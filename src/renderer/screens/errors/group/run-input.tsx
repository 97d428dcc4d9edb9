import { useQuery } from '@tanstack/react-query'
import type { RunId } from '../../../../model/ids.ts'
import { useApi } from '../../../state/client.ts'
import { NotTold } from '../../../widgets/feedback/not-told.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { JsonTree } from '../../../widgets/json/json-tree.tsx'

/** A larger one is looked at in the run; in octets. */
const easy = 256 * 1_024

/** What a run was started with. */
export function RunInput({ run }: { readonly run: RunId }) {
  const api = useApi()
  const { data, error } = useQuery({
    queryKey: ['errors', 'input', run],
    queryFn: async () => {
      const { record } = await api.runs.get({ run })
      return api.runs.value({ run, address: record.input, upTo: easy })
    },
  })
  if (error !== null) return <NotTold title="What it was given cannot be read" error={error} />
  if (data === undefined) return <Skeleton lines={2} height="20px" />
  return data.left ? <p className="quiet">It is large: the run&apos;s state has it.</p> : <JsonTree value={data.value} label="What the run was given" />
}

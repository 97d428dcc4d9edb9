import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { WorkflowName } from '../../../model/ids.ts'
import { useApi } from '../../state/client.ts'
import { hostTime } from '../../state/now.ts'
import { Panel } from '../../widgets/panel/panel.tsx'
import { lengthOfTime } from '../../widgets/time/format.ts'

const day = 86_400_000

export function StepDurations({ workflow }: { readonly workflow: WorkflowName }) {
  const api = useApi()
  const { data } = useQuery({
    queryKey: ['metrics', 'steps', workflow],
    queryFn: async () => {
      const to = await hostTime()
      return api.metrics.get({ from: to - day, to, workflow })
    },
    meta: { follows: ['runs'] },
    placeholderData: keepPreviousData,
  })
  const steps = data?.steps ?? []
  return (
    <Panel title="Steps, last 24 hours">
      {steps.length === 0 ? (
        <p className="quiet">No step has run.</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">Step</th>
              <th scope="col" className="number">
                Ran
              </th>
              <th scope="col" className="number">
                Failed
              </th>
              <th scope="col" className="number">
                p50
              </th>
              <th scope="col" className="number">
                p95
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.map(({ step, count, failed, p50, p95 }) => (
              <tr key={step}>
                <th scope="row">{step}</th>
                <td className="number">{count}</td>
                <td className="number">{failed}</td>
                <td className="number">{p50 === null ? '–' : lengthOfTime(p50)}</td>
                <td className="number">{p95 === null ? '–' : lengthOfTime(p95)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

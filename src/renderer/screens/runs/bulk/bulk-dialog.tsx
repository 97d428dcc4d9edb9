import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { Api } from '../../../../contract/index.ts'
import type { RunSummary } from '../../../../model/views.ts'
import { useApi } from '../../../state/client.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Modal } from '../../../widgets/dialog/modal.tsx'
import { ReasonField } from '../../../widgets/reason/reason-field.tsx'
import type { Matching } from '../selection.ts'
import { type ActionName, actions, narrowed, runsInWords } from './actions.ts'
import { begin } from './job.ts'
import { atOnce, fewFirst, type Find, type Stages } from './stages.ts'
import './bulk-dialog.css'

interface BulkDialogProps {
  readonly action: ActionName
  /** Those marked runs that it is meant for. */
  readonly marked: readonly RunSummary[]
  /** How many were marked in all. */
  readonly of: number
  /** Set where all that match are meant. */
  readonly matching: Matching | null
  readonly onBegun: () => void
  readonly onClose: () => void
}

/** Asks before something is done to many runs: to how many, what follows, and why. */
export function BulkDialog({ action, marked, of, matching, onBegun, onClose }: BulkDialogProps) {
  const api = useApi()
  const { verb, done, consequence, unfit } = actions[action]
  const [reason, setReason] = useState(() => `${done} from the list of runs${matching === null || matching.query === '' ? '' : `: ${matching.query}`}`)
  const [few, setFew] = useState(true)
  const id = useId()
  const target = useTarget(action, matching)
  const count = matching === null ? marked.length : target?.total
  const start = (): void => {
    const stages = stagesFor(api, marked, target, few)
    if (stages === undefined) return
    void begin(api, action, stages, reason.trim() === '' ? null : reason.trim())
    onBegun()
  }
  return (
    <Modal
      title={count === undefined ? `${verb} all that match` : `${verb} ${runsInWords(count)}`}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Back</Button>
          <Button
            tone={action === 'cancel' ? 'danger' : 'primary'}
            asksHost
            unavailable={count === undefined ? 'they are being counted' : count === 0 ? unfit : undefined}
            onPress={start}
          >
            {verb} {count === undefined ? '' : runsInWords(count)}
          </Button>
        </>
      }
    >
      <div className="bulk-dialog">
        <p>{consequence}</p>
        {count !== undefined && count < of && (
          <Callout tone="running" title={`${runsInWords(of - count)} of the ${of.toLocaleString('en')} are left out`}>
            As they are, this does nothing to them.
          </Callout>
        )}
        {matching !== null && (
          <fieldset>
            <legend>How</legend>
            <label>
              <input type="radio" name={id} checked={few} onChange={() => setFew(true)} />
              One first, then ten, then all others, waiting for you in between
            </label>
            <label>
              <input type="radio" name={id} checked={!few} onChange={() => setFew(false)} />
              All at once
            </label>
          </fieldset>
        )}
        <ReasonField label="Why, kept in the journal of each run" reason={reason} onReason={setReason} />
      </div>
    </Modal>
  )
}

/** Of all that match, those that it is meant for, counted now. Undefined until it is known. */
function useTarget(action: ActionName, matching: Matching | null): Matching | undefined {
  const api = useApi()
  const query = narrowed(actions[action], matching?.query ?? '')
  const found = useQuery({
    queryKey: ['runs', 'target', query, matching?.upTo],
    queryFn: ({ signal }) => {
      return api.runs.search({ query, offset: 0, limit: 1, ...(matching === null ? {} : { upTo: matching.upTo }) }, { signal })
    },
    enabled: matching !== null,
    placeholderData: keepPreviousData,
    meta: { follows: ['runs'] },
  })
  if (matching === null || found.data === undefined) return undefined
  return { query, upTo: matching.upTo, total: found.data.total }
}

function stagesFor(api: Api, marked: readonly RunSummary[], target: Matching | undefined, few: boolean): Stages | undefined {
  if (target === undefined) {
    return atOnce({ runs: marked.map(({ id, version }) => ({ run: id, seen: version })) }, marked.length)
  }
  if (!few) return atOnce({ query: target.query, upTo: target.upTo }, target.total)
  const find: Find = async (query, upTo, limit) => {
    const { runs } = await api.runs.search({ query, upTo, offset: 0, limit })
    return runs.map(({ id }) => id)
  }
  return fewFirst(target, find)
}

import { useQuery } from '@tanstack/react-query'
import { inputKey } from '../../../../model/checkpoint.ts'
import { type Address, StepId } from '../../../../model/ids.ts'
import type { Origin } from '../../../../model/run.ts'
import { useApi } from '../../../state/client.ts'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { nameOfKey, outputOfKey } from '../../../widgets/identity/state-key.ts'
import { OriginLink } from '../../../widgets/replay/origin-link.tsx'
import { Disclosure } from '../inspector/disclosure.tsx'
import { Part } from '../inspector/part.tsx'
import { StoredDiff } from '../inspector/stored-diff.tsx'
import { stateAt } from '../state/past.ts'
import { useView } from '../state/view.ts'

/** What the run is a replay of, and what was edited before it began. */
export function OriginPart({ origin, isDisarmed }: { readonly origin: Origin; readonly isDisarmed: boolean }) {
  const { pinned } = origin
  return (
    <Part title="A replay">
      <p>
        <OriginLink origin={{ run: origin.run, checkpoint: origin.checkpoint, edited: [] }} />
      </p>
      {pinned !== undefined && (
        <p className="quiet">
          It began by the definition as it was then; the run that it replays went by version {pinned.workflowVersion} there (
          <code title={pinned.revision}>{pinned.revision.slice(0, 12)}</code>).
        </p>
      )}
      {isDisarmed && (
        <p className="quiet">Disarmed: a step that declares an effect on the outside world waits until a person arms it.</p>
      )}
      {origin.edited.map((key) => (
        <Disclosure key={key} title={nameOfKey(key)} aside="edited">
          {() => <EditOf origin={origin} edited={key} />}
        </Disclosure>
      ))}
    </Part>
  )
}

/** The value as the other run had it, and as this one began with it: both are of one lineage, and read alike. */
function EditOf({ origin, edited }: { readonly origin: Origin; readonly edited: string }) {
  const { line } = useView()
  const { data: before, error } = useBefore(origin, edited)
  const after = stateAt(line, 0).values.get(edited)?.address ?? null
  if (error !== null) {
    return (
      <Callout tone="failure" title="What it was before could not be read">
        {error.message}
      </Callout>
    )
  }
  if (before === undefined) return <Skeleton lines={3} height="20px" />
  return <StoredDiff before={before} after={after} label={nameOfKey(edited)} />
}

function useBefore({ run, checkpoint }: Origin, key: string) {
  const api = useApi()
  return useQuery({
    queryKey: ['runs', 'before-edit', run, checkpoint, key],
    queryFn: async (): Promise<Address | null> => {
      if (key === inputKey) return (await api.runs.get({ run })).record.input
      const output = outputOfKey(key)
      if (output === undefined) return null
      const { outputs } = await api.runs.state({ run, checkpoint })
      return outputs[StepId.parse(output.step)]?.find(({ iteration }) => iteration === output.iteration)?.address ?? null
    },
  })
}

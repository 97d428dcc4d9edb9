import { queryOptions, skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Address } from '../../../../model/ids.ts'
import type { Json } from '../../../../model/json.ts'
import { useApi } from '../../../state/client.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { JsonTree } from '../../../widgets/json/json-tree.tsx'
import { useFollowed } from '../state/following.ts'
import { useIsOnItsWay } from '../state/scrubbing.ts'
import { bytes } from '../../../../model/bytes.ts'

/** A larger value is loaded when somebody asks for it; in octets. */
const easy = 256 * 1_024

export interface StoredRead {
  readonly value: Json | undefined
  /** Set where it is too large to be loaded unasked. */
  readonly size: number | undefined
  readonly problem: string | undefined
  /** Whether it is asked for: under a playhead that is on its way it is not. */
  readonly isAsked: boolean
  readonly load: () => void
}

/**
 * A value of the run by its address, which never changes. Null reads nothing. Under a playhead that is on its way what has
 * been read is there at once, and anything else is read where it stands still: it passes hundreds in a second.
 */
export function useStored(address: Address | null): StoredRead {
  const api = useApi()
  const client = useQueryClient()
  const run = useFollowed((known) => known.run.detail.record.id)
  const [wanted, setWanted] = useState<Address>()
  const whole = address !== null && wanted === address
  const stands = !useIsOnItsWay()
  const reading = (of: Address | null) =>
    queryOptions({
      queryKey: ['value', run, of, whole],
      queryFn: of === null ? skipToken : () => api.runs.value({ run, address: of, ...(!whole && { upTo: easy }) }),
    })
  // What is passed is looked up and not subscribed to: a query for each would be kept for minutes.
  const { data: read, error } = useQuery(reading(stands ? address : null))
  const data = stands ? read : client.getQueryData(reading(address).queryKey)
  return {
    value: data === undefined || data.left ? undefined : data.value,
    size: data?.left === true ? data.size : undefined,
    problem: error?.message,
    isAsked: stands,
    load: () => address !== null && setWanted(address),
  }
}

export function StoredValue({ address, label }: { readonly address: Address; readonly label: string }) {
  const { value, size, problem, isAsked, load } = useStored(address)
  if (problem !== undefined)
    return (
      <Callout tone="failure" title="The value could not be read">
        {problem}
      </Callout>
    )
  if (size !== undefined) return <LoadLarge size={size} onLoad={load} />
  if (value === undefined) return <Skeleton lines={2} height="20px" still={!isAsked} />
  return <JsonTree key={address} value={value} label={label} />
}

export function LoadLarge({ size, onLoad }: { readonly size: number; readonly onLoad: () => void }) {
  return (
    <p className="large">
      <span>{bytes(size)} of JSON</span>
      <Button onPress={onLoad}>Load it</Button>
    </p>
  )
}

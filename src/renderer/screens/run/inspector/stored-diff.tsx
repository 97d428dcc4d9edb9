import type { Address } from '../../../../model/ids.ts'
import { JsonDiff } from '../../../widgets/diff/json-diff.tsx'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { LoadLarge, StoredValue, useStored } from './stored-value.tsx'

interface StoredDiffProps {
  /** Null where there is none: then the other is shown whole. */
  readonly before: Address | null
  readonly after: Address | null
  /** What both are, in words. */
  readonly label: string
}

/** What is not the same in two values of the run. */
export function StoredDiff({ before, after, label }: StoredDiffProps) {
  if (before !== null && after !== null) return <Compared before={before} after={after} label={label} />
  const only = before ?? after
  return only === null ? null : <StoredValue address={only} label={label} />
}

function Compared({ before, after, label }: { readonly before: Address; readonly after: Address; readonly label: string }) {
  const [old, fresh] = [useStored(before), useStored(after)]
  const problem = fresh.problem ?? old.problem
  const large = fresh.size ?? old.size
  if (problem !== undefined)
    return (
      <Callout tone="failure" title="The values could not be read">
        {problem}
      </Callout>
    )
  if (large !== undefined) {
    return (
      <LoadLarge
        size={large}
        onLoad={() => {
          fresh.load()
          old.load()
        }}
      />
    )
  }
  if (fresh.value === undefined || old.value === undefined) return <Skeleton lines={3} height="20px" still={!fresh.isAsked} />
  return (
    <div className="framed">
      <JsonDiff before={old.value} after={fresh.value} label={`What changed in ${label}`} />
    </div>
  )
}

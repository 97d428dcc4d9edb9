import { useVirtualizer } from '@tanstack/react-virtual'
import { Equal, Minus, PencilLine, Plus } from 'lucide-react'
import { useDeferredValue, useMemo, useRef, useState } from 'react'
import { Empty } from '../../../widgets/feedback/empty.tsx'
import { MeasuredLines } from '../../../widgets/lines/measured-lines.tsx'
import { Disclosure } from '../inspector/disclosure.tsx'
import { StoredDiff } from '../inspector/stored-diff.tsx'
import { type ChangedKey, kindOf, kindWords, searchKeys } from '../state/changed-keys.ts'
import { FactChanged } from './fact-changed.tsx'

const looks = {
  added: { icon: Plus, tone: 'success' },
  removed: { icon: Minus, tone: 'failure' },
  changed: { icon: PencilLine, tone: 'attention' },
} as const

/** Thousands of differences, found by words; a value is read when somebody opens it. */
export function DifferenceList({ differences }: { readonly differences: readonly ChangedKey[] }) {
  const [sought, setSought] = useState('')
  const text = useDeferredValue(sought)
  const found = useMemo(() => searchKeys(differences, text), [differences, text])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 34,
    getItemKey: (index) => found[index]?.key ?? index,
    overscan: 8,
  })
  if (differences.length === 0) {
    return (
      <Empty icon={Equal} title="Nothing differs">
        Every step stood the same, with the same values.
      </Empty>
    )
  }
  return (
    <>
      <div className="toolbar">
        <input
          type="search"
          value={sought}
          placeholder="Find by step, key or status"
          aria-label="Find a difference"
          onChange={(event) => setSought(event.target.value)}
        />
        <span className="quiet" role="status">
          {found.length === differences.length ? `${differences.length}` : `${found.length} of ${differences.length}`}
        </span>
      </div>
      {found.length === 0 && <p className="quiet padded">No difference fits.</p>}
      <div className="differences" ref={scroller} role="region" aria-label="Differences" tabIndex={0} hidden={found.length === 0}>
        <MeasuredLines virtual={virtual}>
          {(index) => {
            const difference = found[index]
            return difference !== undefined && <Line difference={difference} />
          }}
        </MeasuredLines>
      </div>
    </>
  )
}

function Line({ difference }: { readonly difference: ChangedKey }) {
  const kind = kindOf(difference)
  const { icon: Icon, tone } = looks[kind]
  return (
    <div className="difference" data-tone={tone}>
      <span className="kind">
        <Icon size={12} aria-hidden />
        {kindWords[kind]}
      </span>
      {difference.of === 'step' ? (
        <p className="changes">
          <FactChanged step={difference.name} before={difference.before} after={difference.after} />
        </p>
      ) : (
        <Disclosure title={difference.name}>
          {() => <StoredDiff before={difference.before} after={difference.after} label={difference.name} />}
        </Disclosure>
      )}
    </div>
  )
}

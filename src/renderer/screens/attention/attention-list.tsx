import { Link } from '@tanstack/react-router'
import { CircleCheck } from 'lucide-react'
import { memo } from 'react'
import type { AttentionItem } from '../../../model/attention.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { focusItem, rowPlace } from './focus.ts'
import { kindWords, keyOf, searchFor, sectionsOf } from './items.ts'
import { RowContent } from './row-content.tsx'
import './attention-list.css'

interface AttentionListProps {
  readonly items: readonly AttentionItem[] | undefined
  readonly chosen: string | undefined
}

export function AttentionList({ items, chosen }: AttentionListProps) {
  return (
    <div className="attention-list">
      {items === undefined && <Skeleton lines={6} height="84px" />}
      {items?.length === 0 && (
        <Empty icon={CircleCheck} title="Nothing needs you">
          No decision is open, and no run failed in the last 24 hours without being made good.
        </Empty>
      )}
      {items !== undefined &&
        sectionsOf(items).map(({ kind, items: ofKind }) => (
          <section key={kind} aria-labelledby={`section-${kind}`}>
            <h2 id={`section-${kind}`}>
              {kindWords[kind].title} <span className="count">{ofKind.length}</span>
            </h2>
            <ul>
              {ofKind.map((item) => (
                <Row key={keyOf(item)} item={item} isChosen={keyOf(item) === chosen} />
              ))}
            </ul>
          </section>
        ))}
    </div>
  )
}

const Row = memo(function Row({ item, isChosen }: { readonly item: AttentionItem; readonly isChosen: boolean }) {
  return (
    <li>
      <Link
        id={rowPlace(keyOf(item))}
        className="row"
        to="/attention"
        search={searchFor(item)}
        aria-current={isChosen}
        activeOptions={{ exact: true, includeSearch: true }}
        onClick={() => requestAnimationFrame(focusItem)}
      >
        <RowContent item={item} />
      </Link>
    </li>
  )
})

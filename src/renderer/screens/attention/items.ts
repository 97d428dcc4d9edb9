/** What the list says of each kind of item, and how an address names it. */
import { CircleX, FileCog, FileWarning, FileX2, Hand, type LucideIcon, ServerCrash, ShieldAlert } from 'lucide-react'
import type { AttentionItem } from '../../../model/attention.ts'
import { keyOf as findingKey } from '../../../model/integrity.ts'
import type { Tone } from '../../widgets/status/look.ts'
import type { AttentionSearch } from './search.ts'

type Kind = AttentionItem['kind']

interface KindWords {
  readonly title: string
  readonly icon: LucideIcon
  readonly tone: Tone
}

export const kindWords: Readonly<Record<Kind, KindWords>> = {
  alarm: { title: 'Store', icon: ServerCrash, tone: 'failure' },
  damage: { title: 'Damage', icon: FileX2, tone: 'failure' },
  quarantined: { title: 'Quarantined', icon: ShieldAlert, tone: 'failure' },
  decision: { title: 'Decisions', icon: Hand, tone: 'attention' },
  failures: { title: 'Failures', icon: CircleX, tone: 'failure' },
  policy_refused: { title: 'Policy', icon: FileCog, tone: 'failure' },
  workflow_refused: { title: 'Workflows', icon: FileWarning, tone: 'failure' },
}

const longestKey = 300

/** Names an item for as long as it needs somebody: what it says may change meanwhile. */
export function keyOf(item: AttentionItem): string {
  return written(item).slice(0, longestKey)
}

function written(item: AttentionItem): string {
  switch (item.kind) {
    case 'alarm':
      return `alarm:${item.failure.name}:${item.failure.message}`
    case 'damage':
      return `damage:${findingKey(item.finding)}`
    case 'quarantined':
      return `run:${item.run.id}`
    case 'decision':
      return `${item.view.run}.${item.view.decision.id}`
    case 'failures':
      return `failures:${item.workflow}:${item.step ?? ''}:${item.fingerprint}`
    case 'policy_refused':
    case 'workflow_refused':
      return `file:${item.file}`
  }
}

/** The address of an item. */
export function searchFor(item: AttentionItem): AttentionSearch {
  if (item.kind === 'decision') return { decision: `${item.view.run}.${item.view.decision.id}` }
  return { item: keyOf(item) }
}

/** The key that an address names; undefined where it names none. */
export function chosenKey({ decision, item }: AttentionSearch): string | undefined {
  return decision ?? item
}

/** The neighbour of an item: the one after it, or before it; where it is not among them, the first. */
export function neighbour(items: readonly AttentionItem[], key: string | undefined, step: 1 | -1): AttentionItem | undefined {
  const place = items.findIndex((item) => keyOf(item) === key)
  if (place < 0) return items[0]
  return items[Math.min(items.length - 1, Math.max(0, place + step))]
}

/** What is next to be looked at once the item is dealt with: the one after it, else the one before. */
export function nextAfter(items: readonly AttentionItem[], key: string): AttentionItem | undefined {
  const place = items.findIndex((item) => keyOf(item) === key)
  return place < 0 ? items[0] : (items[place + 1] ?? items[place - 1])
}

export interface Section {
  readonly kind: Kind
  readonly items: readonly AttentionItem[]
}

/** The items in their order, neighbours of a kind together. */
export function sectionsOf(items: readonly AttentionItem[]): readonly Section[] {
  const sections: { kind: Kind; items: AttentionItem[] }[] = []
  for (const item of items) {
    const last = sections.at(-1)
    if (last?.kind === item.kind) last.items.push(item)
    else sections.push({ kind: item.kind, items: [item] })
  }
  return sections
}

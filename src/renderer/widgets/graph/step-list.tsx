import { type KeyboardEvent, memo, type RefObject } from 'react'
import type { Item } from './collapse.ts'
import { useGraph } from './graph-store.ts'
import { foldName, stepName } from './words.ts'

interface StepListProps {
  readonly id: string
  readonly label: string
  readonly items: readonly Item[]
  readonly at: RefObject<HTMLDivElement | null>
  readonly onKeyDown: (event: KeyboardEvent) => void
}

const optionId = (list: string, item: string): string => `${list}-${item}`

/**
 * The graph as a list: what the keyboard is in, and what whoever listens hears. The canvas shows the same, and only
 * what is in sight of it.
 */
export const StepList = memo(function StepList({ id, label, items, at, onKeyDown }: StepListProps) {
  const current = useGraph((state) => state.current)
  return (
    <div
      ref={at}
      className="unseen"
      role="listbox"
      tabIndex={0}
      onKeyDown={onKeyDown}
      aria-label={label}
      aria-activedescendant={current === null ? undefined : optionId(id, current)}
    >
      {items.map((item) => (
        <StepOption key={item.id} id={optionId(id, item.id)} item={item} isCurrent={item.id === current} />
      ))}
    </div>
  )
})

interface OptionProps {
  readonly id: string
  readonly item: Item
  readonly isCurrent: boolean
}

const StepOption = memo(function StepOption({ id, item, isCurrent }: OptionProps) {
  const step = useGraph(({ overlay }) => overlay.get(item.id))
  const fold = useGraph(({ folds }) => folds.get(item.id))
  return (
    <div role="option" id={id} aria-selected={isCurrent}>
      {item.type === 'step' ? stepName(item.step, step) : foldName(item, fold)}
    </div>
  )
})

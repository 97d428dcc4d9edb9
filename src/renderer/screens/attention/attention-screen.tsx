import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useAttention } from '../../state/attention.ts'
import { type Command, useCommands } from '../../state/commands.ts'
import { ListAndPage } from '../../widgets/list-and-page/list-and-page.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { AttentionList } from './attention-list.tsx'
import { ChosenItem } from './chosen-item.tsx'
import { useDrafts } from './drafts.ts'
import { focusItem, focusRow, itemPlace } from './focus.ts'
import { chosenKey, keyOf, neighbour, nextAfter, searchFor } from './items.ts'
import { counted } from '../../../model/counted.ts'

const route = getRouteApi('/attention')

/** What needs a person: the list, what was chosen of it, and what each answer leads to. */
export function AttentionScreen() {
  const items = useAttention()
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/attention' })
  const { first, letGo } = useFirst(items?.[0])
  const key = chosenKey(search) ?? first
  const isOpened = chosenKey(search) !== undefined

  useEffect(() => {
    if (items === undefined) return
    const open = items.flatMap((item) => (item.kind === 'decision' ? [item.view.decision.id] : []))
    const looked = key?.split('.')[1]
    useDrafts.getState().keepOnly(new Set<string>([...open, ...(looked === undefined ? [] : [looked])]))
  }, [items, key])

  const commands = useMemo((): readonly Command[] => {
    const none = items === undefined || items.length === 0 ? 'nothing needs attention' : undefined
    const move = (step: 1 | -1) => (): void => {
      const to = neighbour(items ?? [], key, step)
      if (to === undefined) return
      void navigate({ search: searchFor(to), replace: true }).then(() => focusRow(keyOf(to)))
    }
    const close = (): void => {
      if (key === undefined || focusRow(key)) return
      void navigate({ search: {}, replace: true }).then(() => focusRow(key))
    }
    return [
      { id: 'attention/next', title: 'Next item', section: 'Needs attention', icon: ArrowDown, keys: 'j', unavailable: none, run: move(1) },
      { id: 'attention/previous', title: 'Previous item', section: 'Needs attention', icon: ArrowUp, keys: 'k', unavailable: none, run: move(-1) },
      { id: 'attention/close', title: 'Back to the list', section: 'Needs attention', icon: X, keys: 'Escape', run: close },
    ]
  }, [items, key, navigate])
  useCommands(commands)

  const goOn = (done: string): void => {
    const next = nextAfter(items ?? [], done)
    void navigate({ search: next === undefined ? {} : searchFor(next) }).then(focusItem)
  }

  return (
    <Screen
      title="Needs attention"
      full
      actions={items !== undefined && items.length > 0 ? <span className="quiet">{counted(items.length, 'item')}, most urgent first</span> : undefined}
    >
      <ListAndPage
        isOpened={isOpened}
        list={{ label: 'What needs attention', content: <AttentionList items={items} chosen={key} /> }}
        page={{ id: itemPlace, label: 'The chosen item', content: <ChosenItem items={items} chosen={key} onDone={goOn} onLost={letGo} /> }}
      />
    </Screen>
  )
}

/** What is shown where nothing was chosen: the most urgent item at first, and that one until something is chosen, or it is let go. */
function useFirst(item: Parameters<typeof keyOf>[0] | undefined): { readonly first: string | undefined; readonly letGo: () => void } {
  const [first, setFirst] = useState<string>()
  if (first === undefined && item !== undefined) setFirst(keyOf(item))
  return { first, letGo: useCallback(() => setFirst(undefined), []) }
}

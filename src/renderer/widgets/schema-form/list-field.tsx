import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import type { Json } from '../../../model/json.ts'
import { Button } from '../button/button.tsx'
import { IconButton } from '../button/icon-button.tsx'
import type { FieldOf } from './field.ts'
import { blankItem } from './filled.ts'
import { focusSoon } from './focus.ts'
import { useForm } from './form-context.ts'
import { Group, type KindProps } from './labelled.tsx'
import { readAt } from './path.ts'
import { isList } from './schema.ts'
import { useItemKeys } from './use-item-keys.ts'
import { counted } from '../../../model/counted.ts'

/** Items that are added, removed and moved; Alt with an arrow moves the one that is written in. */
export function ListField(props: KindProps<FieldOf<'list'>>) {
  const { field, path, label, required } = props
  const { value, root, write, idOf, Field } = useForm()
  const given = readAt(value, path)
  const items = isList(given) ? given : []
  const set = (changed: readonly Json[], focus: number): void => {
    write(path, changed.length === 0 && !required ? undefined : changed)
    focusSoon(focus < 0 || focus >= changed.length ? `${idOf(path)}+` : idOf([...path, String(focus)]))
  }
  const move = (from: number, to: number): void => {
    const item = items[from]
    if (item === undefined || to < 0 || to >= items.length) return
    set(items.toSpliced(from, 1).toSpliced(to, 0, item), to)
  }
  const list = useItemKeys((index, by) => move(index, index + by))
  return (
    <Group {...props}>
      <div ref={list} className="form-items">
      {items.map((_, index) => (
        <div key={index} className="form-item" data-index={index}>
          <Field schema={field.item} path={[...path, String(index)]} label={`${index + 1}`} required />
          <div className="tools">
            <IconButton icon={ArrowUp} label={`Move ${index + 1} up`} keys="Alt+ArrowUp" unavailable={index === 0 ? 'it is the first' : undefined} onPress={() => move(index, index - 1)} />
            <IconButton
              icon={ArrowDown}
              label={`Move ${index + 1} down`}
              keys="Alt+ArrowDown"
              unavailable={index === items.length - 1 ? 'it is the last' : undefined}
              onPress={() => move(index, index + 1)}
            />
            <IconButton icon={X} label={`Remove ${index + 1}`} onPress={() => set(items.toSpliced(index, 1), Math.min(index, items.length - 2))} />
          </div>
        </div>
      ))}
      </div>
      <span id={`${idOf(path)}+`} className="add">
        <Button
          icon={Plus}
          unavailable={items.length >= field.most ? `It takes ${counted(field.most, 'item')} at most` : undefined}
          onPress={() => set([...items, blankItem(field.item, root)], items.length)}
        >
          Add to {label.toLowerCase()}
        </Button>
      </span>
    </Group>
  )
}

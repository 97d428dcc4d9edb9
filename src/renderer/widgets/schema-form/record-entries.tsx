import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import type { JsonSchema } from '../../../model/json.ts'
import { Button } from '../button/button.tsx'
import { IconButton } from '../button/icon-button.tsx'
import type { Member } from './field.ts'
import { blankItem } from './filled.ts'
import { focusSoon } from './focus.ts'
import { useForm } from './form-context.ts'
import type { Path } from './path.ts'
import type { JsonObject } from './schema.ts'

interface RecordEntriesProps {
  readonly path: Path
  /** What each entry has to be. */
  readonly item: JsonSchema
  /** Members that have fields of their own. */
  readonly known: readonly Member[]
  readonly value: JsonObject
}

/** Entries under names that the person chooses. */
export function RecordEntries({ path, item, known, value }: RecordEntriesProps) {
  const { root, write, idOf, Field } = useForm()
  const id = useId()
  const [name, setName] = useState('')
  const names = Object.keys(value).filter((key) => known.every((member) => member.name !== key))
  const isTaken = Object.hasOwn(value, name)
  const add = (): void => {
    if (name === '' || isTaken) return
    write([...path, name], blankItem(item, root))
    focusSoon(idOf([...path, name]))
    setName('')
  }
  return (
    <div className="form-entries">
      {names.map((key) => (
        <div key={key} className="form-item">
          <Field schema={item} path={[...path, key]} label={key} required />
          <div className="tools">
            <IconButton icon={X} label={`Remove ${key}`} onPress={() => write([...path, key], undefined)} />
          </div>
        </div>
      ))}
      <div className="add">
        <label htmlFor={id} className="unseen">
          Name of a new entry
        </label>
        <input
          id={id}
          className="short"
          placeholder="Name of a new entry"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
            event.preventDefault()
            add()
          }}
        />
        <Button icon={Plus} unavailable={name === '' ? 'Name it first' : isTaken ? 'There is one of that name' : undefined} onPress={add}>
          Add an entry
        </Button>
      </div>
    </div>
  )
}

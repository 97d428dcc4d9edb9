import { Plus, X } from 'lucide-react'
import { Button } from '../button/button.tsx'
import { filled } from './filled.ts'
import type { FieldOf } from './field.ts'
import { focusSoon } from './focus.ts'
import { useForm } from './form-context.ts'
import { Group, type KindProps } from './labelled.tsx'
import { readAt } from './path.ts'
import { RecordEntries } from './record-entries.tsx'
import { isObject } from './schema.ts'
import { spoken } from './words.ts'

/** Its members one under the other; one that may be left out is added first. */
export function ObjectField(props: KindProps<FieldOf<'object'>>) {
  const { field, path, label, required } = props
  const { value, root, write, idOf, Field } = useForm()
  const given = readAt(value, path)
  const isOpen = !required && given === undefined
  const set = (part: Parameters<typeof write>[1]): void => {
    write(path, part)
    focusSoon(idOf(path))
  }
  if (isOpen) {
    return (
      <Group {...props}>
        <Button icon={Plus} onPress={() => set(filled(field.schema, {}, root))}>
          Add {label.toLowerCase()}
        </Button>
      </Group>
    )
  }
  const removal = (
    <Button icon={X} tone="quiet" onPress={() => set(undefined)}>
      Leave out
    </Button>
  )
  return (
    <Group {...props} plain={path.length === 0} actions={required ? undefined : removal}>
      {field.members.map(({ name, schema, required: isRequired }) => (
        <Field key={name} schema={schema} path={[...path, name]} label={spoken(name)} required={isRequired} />
      ))}
      {field.rest !== undefined && <RecordEntries path={path} item={field.rest} known={field.members} value={isObject(given) ? given : {}} />}
    </Group>
  )
}

import type { FieldOf } from './field.ts'
import { useForm } from './form-context.ts'
import { Group, type KindProps } from './labelled.tsx'

/** A list in which each place means something. */
export function TupleField(props: KindProps<FieldOf<'tuple'>>) {
  const { field, path } = props
  const { Field } = useForm()
  return (
    <Group {...props}>
      {field.items.map((item, index) => (
        <Field key={index} schema={item} path={[...path, String(index)]} label={`${index + 1}`} required />
      ))}
    </Group>
  )
}

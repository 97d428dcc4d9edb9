import { ChoiceField } from './choice-field.tsx'
import type { FieldOf } from './field.ts'
import { useForm } from './form-context.ts'
import { type KindProps, Labelled } from './labelled.tsx'
import { readAt } from './path.ts'

/** A box to check; where it may also be left open, a choice of three. */
export function BooleanField(props: KindProps<FieldOf<'boolean'>>) {
  const { field, path, required } = props
  const { value, write } = useForm()
  const given = readAt(value, path)
  if (!required && !('default' in field.schema)) {
    const choices = [true, false].map((each) => ({ value: each, word: each ? 'Yes' : 'No' }))
    return <ChoiceField {...props} field={{ ...field, kind: 'choice', choices }} />
  }
  return (
    <Labelled {...props}>
      {(control) => <input {...control} type="checkbox" checked={given === true} onChange={(event) => write(path, event.target.checked)} />}
    </Labelled>
  )
}

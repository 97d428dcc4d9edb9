import { isHidden } from '../../../model/sensitive/hidden.ts'
import { AnythingField } from './anything-field.tsx'
import { BooleanField } from './boolean-field.tsx'
import { ChoiceField } from './choice-field.tsx'
import { ConstantField } from './constant-field.tsx'
import { fieldOf } from './field.ts'
import { type FieldProps, useForm } from './form-context.ts'
import { HiddenField } from './hidden-field.tsx'
import { ListField } from './list-field.tsx'
import { NumberField } from './number-field.tsx'
import { ObjectField } from './object-field.tsx'
import { readAt } from './path.ts'
import { TextField } from './text-field.tsx'
import { TupleField } from './tuple-field.tsx'
import { UnionField } from './union-field.tsx'

/** The field that a schema asks for, whatever kind it is. */
export function FieldView(props: FieldProps) {
  const { root, value } = useForm()
  const field = fieldOf(props.schema, root)
  const shared = { path: props.path, label: field.title ?? props.label, required: props.required }
  const part = readAt(value, props.path)
  if (isHidden(part)) return <HiddenField {...shared} field={field} mark={part} />
  switch (field.kind) {
    case 'text':
      return <TextField {...shared} field={field} />
    case 'number':
      return <NumberField {...shared} field={field} />
    case 'boolean':
      return <BooleanField {...shared} field={field} />
    case 'choice':
      return <ChoiceField {...shared} field={field} />
    case 'constant':
      return <ConstantField {...shared} field={field} />
    case 'object':
      return <ObjectField {...shared} field={field} />
    case 'list':
      return <ListField {...shared} field={field} />
    case 'tuple':
      return <TupleField {...shared} field={field} />
    case 'union':
      return <UnionField {...shared} field={field} />
    case 'anything':
      return <AnythingField {...shared} field={field} />
  }
}

import { wordOf, type FieldOf } from './field.ts'
import { type KindProps, Labelled } from './labelled.tsx'

/** What cannot be otherwise is only shown. */
export function ConstantField(props: KindProps<FieldOf<'constant'>>) {
  return <Labelled {...props}>{(control) => <output {...control}>{wordOf(props.field.value)}</output>}</Labelled>
}

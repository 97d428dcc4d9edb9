import { useState } from 'react'
import type { Json } from '../../../model/json.ts'
import { same } from '../diff/json-lines.ts'
import { parseJson } from '../json/parse-json.ts'
import type { FieldOf } from './field.ts'
import { useForm } from './form-context.ts'
import { type KindProps, Labelled } from './labelled.tsx'
import { readAt } from './path.ts'

/** Where a schema says nothing, JSON is written. A text that is no JSON is a text. */
export function AnythingField(props: KindProps<FieldOf<'anything'>>) {
  const { value, write } = useForm()
  const given = readAt(value, props.path)
  const [written, setWritten] = useState('')
  const meant = written === '' ? undefined : readLoosely(written)
  const isOwn = meant === undefined ? given === undefined : given !== undefined && same(meant, given)
  return (
    <Labelled {...props}>
      {(control) => (
        <textarea
          {...control}
          className="mono"
          rows={2}
          placeholder="JSON, or a text as it is"
          value={isOwn ? written : given === undefined ? '' : JSON.stringify(given, null, 2)}
          spellCheck={false}
          onChange={(event) => {
            setWritten(event.target.value)
            write(props.path, event.target.value === '' ? undefined : readLoosely(event.target.value))
          }}
        />
      )}
    </Labelled>
  )
}

function readLoosely(text: string): Json {
  const { value } = parseJson(text)
  return value === undefined ? text : value
}

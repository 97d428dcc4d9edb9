import { readAt } from './path.ts'
import type { FieldOf } from './field.ts'
import { useForm } from './form-context.ts'
import { type KindProps, Labelled } from './labelled.tsx'

const inputModes = { email: 'email', uri: 'url', url: 'url' } as const
const examples: Readonly<Record<string, string>> = {
  uri: 'https://example.com',
  'date-time': '2026-11-21T14:30:00Z',
  time: '14:30:00',
  uuid: '123e4567-e89b-12d3-a456-426614174000',
}

export function TextField(props: KindProps<FieldOf<'text'>>) {
  const { field, path } = props
  const { value, write } = useForm()
  const text = readAt(value, path)
  const shown = typeof text === 'string' ? text : text === undefined || text === null ? '' : JSON.stringify(text)
  const { format = '', isLong } = field
  const isSecret = field.schema['sensitive'] === true
  // Nothing written is nothing given: whoever means an empty text can say so in JSON. An item keeps its place.
  const change = (written: string): void => write(path, written === '' ? undefined : written)
  return (
    <Labelled {...props}>
      {(control) =>
        isLong ? (
          <textarea {...control} value={shown} rows={3} placeholder={field.example} onChange={(event) => change(event.target.value)} />
        ) : (
          <input
            {...control}
            className={format === 'uuid' || format.startsWith('date') ? 'short' : undefined}
            type={isSecret ? 'password' : format === 'date' ? 'date' : 'text'}
            inputMode={format === 'email' || format === 'uri' ? inputModes[format] : 'text'}
            autoComplete={isSecret ? 'new-password' : 'off'}
            spellCheck={format === '' && !isSecret}
            value={shown}
            placeholder={field.example ?? examples[format]}
            onChange={(event) => change(event.target.value)}
          />
        )
      }
    </Labelled>
  )
}

import { useState } from 'react'
import type { FieldOf } from './field.ts'
import { useForm } from './form-context.ts'
import { type KindProps, Labelled } from './labelled.tsx'
import { readAt } from './path.ts'
import { numberOf } from './schema.ts'

const number = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i

/** What is no number yet stays as it is written, so that it can be said and mended. */
export function NumberField(props: KindProps<FieldOf<'number'>>) {
  const { field, path } = props
  const { value, write } = useForm()
  const given = readAt(value, path)
  const [typed, setTyped] = useState('')
  const shown = typeof given === 'string' ? given : given === undefined || given === null ? '' : JSON.stringify(given)
  const change = (written: string): void => {
    setTyped(written)
    const text = written.trim()
    if (text === '') write(path, undefined)
    else write(path, number.test(text) ? Number(text) : text)
  }
  const step = (by: number): void => {
    const { minimum, maximum } = field.schema
    const next = (typeof given === 'number' ? given : 0) + by
    change(String(Math.min(numberOf(maximum) ?? Infinity, Math.max(numberOf(minimum) ?? -Infinity, next))))
  }
  return (
    <Labelled {...props}>
      {(control) => (
        <input
          {...control}
          className="short"
          type="text"
          inputMode={field.isWhole ? 'numeric' : 'decimal'}
          autoComplete="off"
          placeholder={field.example ?? rangeOf(field)}
          value={Number(typed) === given && typed !== '' ? typed : shown}
          onChange={(event) => change(event.target.value)}
          onKeyDown={(event) => {
            const by = { ArrowUp: 1, ArrowDown: -1 }[event.key]
            if (by === undefined || event.altKey) return
            event.preventDefault()
            step(by)
          }}
        />
      )}
    </Labelled>
  )
}

/** `1 to 10`; bounds that only say what a number can hold are none. */
function rangeOf({ schema: { minimum, maximum } }: FieldOf<'number'>): string | undefined {
  const [least, most] = [numberOf(minimum), numberOf(maximum)].map((bound) => (bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound))
  if (least !== undefined && most !== undefined) return `${least} to ${most}`
  if (least !== undefined) return `${least} or more`
  return most === undefined ? undefined : `${most} or less`
}

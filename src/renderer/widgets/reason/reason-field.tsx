import { type ComponentProps, useId } from 'react'
import './reason-field.css'

interface ReasonFieldProps extends Omit<ComponentProps<'textarea'>, 'id' | 'className' | 'value' | 'onChange' | 'maxLength'> {
  readonly label: string
  readonly reason: string
  readonly onReason: (reason: string) => void
}

/** Where somebody writes why, as long as the host takes it. */
export function ReasonField({ label, reason, onReason, ...rest }: ReasonFieldProps) {
  const id = useId()
  return (
    <div className="reason-field">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} rows={2} maxLength={10_000} value={reason} onChange={({ target }) => onReason(target.value)} {...rest} />
    </div>
  )
}

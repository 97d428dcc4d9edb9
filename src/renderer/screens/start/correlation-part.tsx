import { useId } from 'react'
import { Panel } from '../../widgets/panel/panel.tsx'

interface CorrelationPartProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

export function CorrelationPart({ value, onChange }: CorrelationPartProps) {
  const id = useId()
  return (
    <Panel title="Correlation">
      <div className="correlation-part schema-form">
        <label htmlFor={id}>
          Correlation id <span className="need">optional</span>
        </label>
        <input id={id} className="short" maxLength={200} autoComplete="off" spellCheck={false} value={value} onChange={(event) => onChange(event.target.value)} />
        <p className="quiet">Goes into every journal entry, log line and outside call of the run. Left out, the run gets one of its own.</p>
      </div>
    </Panel>
  )
}

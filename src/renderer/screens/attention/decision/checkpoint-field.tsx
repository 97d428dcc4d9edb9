import { Link } from '@tanstack/react-router'
import { useId, useState } from 'react'
import type { RunId } from '../../../../model/ids.ts'
import './checkpoint-field.css'

interface CheckpointFieldProps {
  readonly run: RunId
  readonly checkpoint: number | null
  /** The newest there is. */
  readonly head: number
  readonly onCheckpoint: (checkpoint: number) => void
}

/** Where the run goes back to, should it be sent back. What that leads to stands beside the answers. */
export function CheckpointField({ run, checkpoint, head, onCheckpoint }: CheckpointFieldProps) {
  const id = useId()
  const chosen = checkpoint ?? 0
  /** While it is written, as it is: it may be no number in between. */
  const [written, setWritten] = useState<string>()
  return (
    <p className="checkpoint-field">
      <label htmlFor={id}>A restore goes back to checkpoint</label>
      <input
        id={id}
        type="number"
        min={0}
        max={head}
        value={written ?? chosen}
        onFocus={({ target }) => target.select()}
        onBlur={() => setWritten(undefined)}
        onChange={({ target: { value, valueAsNumber } }) => {
          setWritten(value)
          if (Number.isInteger(valueAsNumber) && valueAsNumber >= 0) onCheckpoint(valueAsNumber)
        }}
      />
      <Link className="link" to="/runs/$run" params={{ run }} search={{ checkpoint: chosen, tab: 'restore' }}>
        Look at that moment
      </Link>
    </p>
  )
}

import { useState } from 'react'
import './checkpoint-input.css'

interface CheckpointInputProps {
  readonly id: string
  /** What it is called where its label does not say that. */
  readonly label?: string
  readonly checkpoint: number
  /** The newest there is. */
  readonly most: number
  readonly onCheckpoint: (checkpoint: number) => void
}

/** A checkpoint by its number. */
export function CheckpointInput({ id, label, checkpoint, most, onCheckpoint }: CheckpointInputProps) {
  /** While it is written, as it is: it may be no number in between. */
  const [written, setWritten] = useState<string>()
  return (
    <input
      id={id}
      type="number"
      className="checkpoint-input"
      aria-label={label}
      min={0}
      max={most}
      value={written ?? checkpoint}
      onFocus={({ target }) => target.select()}
      onBlur={() => setWritten(undefined)}
      onChange={({ target: { value, valueAsNumber } }) => {
        setWritten(value)
        if (Number.isInteger(valueAsNumber) && valueAsNumber >= 0) onCheckpoint(valueAsNumber)
      }}
    />
  )
}

import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import type { RunId } from '../../../../model/ids.ts'
import { CheckpointInput } from '../../../widgets/checkpoint/checkpoint-input.tsx'
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
  return (
    <p className="checkpoint-field">
      <label htmlFor={id}>A restore goes back to checkpoint</label>
      <CheckpointInput id={id} checkpoint={chosen} most={head} onCheckpoint={onCheckpoint} />
      <Link className="link" to="/runs/$run" params={{ run }} search={{ checkpoint: chosen, tab: 'restore' }}>
        Look at that moment
      </Link>
    </p>
  )
}

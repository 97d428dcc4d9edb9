import { memo } from 'react'
import type { CheckpointType } from '../../../model/checkpoint.ts'
import { markLook } from './mark-look.ts'

export const MarkShape = memo(function MarkShape({ type }: { readonly type: CheckpointType }) {
  const { tone, path, filled } = markLook[type]
  return (
    <svg
      className={filled ? 'mark-shape filled' : 'mark-shape'}
      data-tone={tone}
      width={12}
      height={12}
      viewBox="0 0 12 12"
      aria-hidden
    >
      <path d={path} />
    </svg>
  )
})

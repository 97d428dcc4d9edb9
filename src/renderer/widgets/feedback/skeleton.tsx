import './feedback.css'

interface SkeletonProps {
  readonly lines?: number
  readonly height?: string
  /** Set where nothing is on its way: what moves is drawn in every frame of the screen. */
  readonly still?: boolean
}

/** Stands where lines will be, in the height that they will have, so that nothing jumps. */
export function Skeleton({ lines = 1, height = 'var(--row)', still = false }: SkeletonProps) {
  return (
    <div className={still ? 'skeleton still' : 'skeleton'} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} style={{ height }}>
          <span style={{ width: `${70 - ((line * 17) % 40)}%` }} />
        </div>
      ))}
    </div>
  )
}

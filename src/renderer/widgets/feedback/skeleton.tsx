import './feedback.css'

/** Stands where lines will be, in the height that they will have, so that nothing jumps. */
export function Skeleton({ lines = 1, height = 'var(--row)' }: { readonly lines?: number; readonly height?: string }) {
  return (
    <div className="skeleton" role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} style={{ height }}>
          <span style={{ width: `${70 - ((line * 17) % 40)}%` }} />
        </div>
      ))}
    </div>
  )
}

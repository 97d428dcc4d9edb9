import { memo } from 'react'
import { markLook, type MarkType } from './mark-look.ts'

const size = 12

export const MarkShape = memo(function MarkShape({ type }: { readonly type: MarkType }) {
  return (
    <svg className="mark-shape" width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden>
      <Shapes type={type} at={[size / 2]} />
    </svg>
  )
})

interface PlacedType {
  readonly x: number
  readonly type: MarkType
}

/** The shapes of hundreds of marks side by side, as one drawing: of one each the browser pays for each in every frame. */
export function MarkShapes({ of }: { readonly of: readonly PlacedType[] }) {
  return (
    <svg className="mark-shape" height={size} aria-hidden>
      {Array.from(
        Map.groupBy(of, ({ type }) => type),
        ([type, those]) => (
          <Shapes key={type} type={type} at={those.map(({ x }) => x)} />
        ),
      )}
    </svg>
  )
}

/** Each in the middle of its place. */
function Shapes({ type, at }: { readonly type: MarkType; readonly at: readonly number[] }) {
  const { tone, path, filled } = markLook[type]
  const d = at.map((x) => `M${x - size / 2} 0${path}`).join('')
  return <path className={filled ? 'filled' : undefined} data-tone={tone} d={d} />
}

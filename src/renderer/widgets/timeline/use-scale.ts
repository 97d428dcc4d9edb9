import { useMemo, useState } from 'react'
import { createScale, type Interval, isSameScale, type Scale } from './scale.ts'
import type { TimelineProps } from './timeline-props.ts'

/** The measure of all that is drawn. It is the very same one until something stands elsewhere on it. */
export function useScale({ rows, marks }: Pick<TimelineProps, 'rows' | 'marks'>, range: Interval, width: number): Scale {
  const { from, until } = range
  const next = useMemo(() => {
    const runs = rows.flatMap(({ segments }) => segments.filter(({ kind }) => kind !== 'wait'))
    const active = [
      ...runs.map((segment) => ({ from: segment.from, until: segment.until ?? until })),
      ...marks.map(({ at }) => ({ from: at, until: at })),
    ]
    return createScale({ from, until: Math.max(until, from + 1) }, active, width)
  }, [rows, marks, from, until, width])
  const [scale, setScale] = useState(next)
  if (scale === next || isSameScale(scale, next)) return scale
  setScale(next)
  return next
}

import { z } from 'zod'
import type { Millis } from '../../../model/ids.ts'

export const RangeName = z.enum(['5m', '15m', '1h', '6h', '24h', '7d', '30d'])
export type RangeName = z.infer<typeof RangeName>

interface Range {
  readonly length: Millis
  /** As it stands in a sentence: "in the last hour". */
  readonly words: string
  readonly label: string
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

export const ranges: Readonly<Record<RangeName, Range>> = {
  '5m': { length: 5 * minute, words: 'last 5 minutes', label: '5 min' },
  '15m': { length: 15 * minute, words: 'last 15 minutes', label: '15 min' },
  '1h': { length: hour, words: 'last hour', label: '1 h' },
  '6h': { length: 6 * hour, words: 'last 6 hours', label: '6 h' },
  '24h': { length: day, words: 'last 24 hours', label: '24 h' },
  '7d': { length: 7 * day, words: 'last 7 days', label: '7 d' },
  '30d': { length: 30 * day, words: 'last 30 days', label: '30 d' },
}

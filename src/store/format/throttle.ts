import { Throttle } from '../../model/throttle.ts'
import type { RowFormat } from './row.ts'

/** Names, times and numbers alone: the row stays readable where the store is encrypted. */
export const throttleFormat: RowFormat<Throttle> = {
  table: 'throttle',
  columns: ['workflow', 'dependency'],
  content: Throttle,
  isReadable: true,
}

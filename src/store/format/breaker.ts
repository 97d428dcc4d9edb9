import { OpenBreaker } from '../../model/breaker.ts'
import type { RowFormat } from './row.ts'

/** Names and times alone: the row stays readable where the store is encrypted. */
export const breakerFormat: RowFormat<OpenBreaker> = {
  table: 'breaker',
  columns: ['workflow', 'dependency'],
  content: OpenBreaker,
  isReadable: true,
}

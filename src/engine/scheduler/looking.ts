import type { Gate } from '../breakers/breakers.ts'
import type { Ports } from '../ports.ts'

/** What a turn may use that is only looked at. It is held back where a real one would be. */
export interface Looking extends Ports {
  readonly breakers: Gate
}

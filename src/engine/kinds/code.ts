import { startAttempt } from '../turn/start-attempt.ts'
import type { KindBehaviour } from './kind.ts'

/** A handler of the author's. */
export const code: KindBehaviour<'code'> = {
  begin: (turn, _manifest, record) => startAttempt(turn, record, 'run'),
  wait: () => false,
}

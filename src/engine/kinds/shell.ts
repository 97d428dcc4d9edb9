import { startAttempt } from '../turn/start-attempt.ts'
import type { KindBehaviour } from './kind.ts'

/** A program of the machine; where it is an effect, that begins when the executor is about to start it. */
export const shell: KindBehaviour<'shell'> = {
  begin: (turn, _manifest, record) => startAttempt(turn, record, 'run'),
  wait: () => false,
}

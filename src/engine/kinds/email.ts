import { startAttempt } from '../turn/start-attempt.ts'
import type { KindBehaviour } from './kind.ts'

/** A message sent over SMTP; its effect begins when the executor is about to hand it over. */
export const email: KindBehaviour<'email'> = {
  begin: (turn, _manifest, record) => startAttempt(turn, record, 'run'),
  wait: () => false,
}

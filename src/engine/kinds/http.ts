import { startAttempt } from '../turn/start-attempt.ts'
import type { KindBehaviour } from './kind.ts'

/** A request over HTTP; the effect of one that writes begins when its connection stands and nothing is sent yet. */
export const http: KindBehaviour<'http'> = {
  begin: (turn, _manifest, record) => startAttempt(turn, record, 'run'),
  wait: () => false,
}

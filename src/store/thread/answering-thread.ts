import { workerData } from 'node:worker_threads'
import { answerEach } from './answer-each.ts'
import { answerer } from './answerer.ts'
import { GiveUp } from './give-up.ts'
import type { Methods } from './protocol.ts'
import { ThreadData } from './thread-data.ts'

/** What a thread opens what it answers from with. */
export interface Opening extends Pick<ThreadData, 'workspace' | 'index' | 'key'> {
  /** A long answer calls it between its steps: it throws where nobody waits for the answer any longer. */
  readonly goOn: () => void
}

/** Makes this thread answer one request after the other. */
export function answerRequests<M extends Methods<M>>(open: (opening: Opening) => M): void {
  const { giveUp, ...given } = ThreadData.parse(workerData)
  answerEach(answerer(() => open({ ...given, goOn: new GiveUp(giveUp).look })))
}

import { parentPort, workerData } from 'node:worker_threads'
import { answerer } from './answerer.ts'
import { GiveUp } from './give-up.ts'
import { type Methods, type Request, ThreadData } from './protocol.ts'

/** What a thread opens what it answers from with. */
export interface Opening extends Pick<ThreadData, 'workspace' | 'index' | 'key'> {
  /** A long answer calls it between its steps: it throws where nobody waits for the answer any longer. */
  readonly goOn: () => void
}

/** Makes this thread answer one request after the other. */
export function answerRequests<M extends Methods<M>>(open: (opening: Opening) => M): void {
  const port = parentPort
  if (port === null) throw new Error('this is the entry of a worker thread')
  const { giveUp, ...given } = ThreadData.parse(workerData)
  const answer = answerer(() => open({ ...given, goOn: new GiveUp(giveUp).look }))
  port.on('message', (request: Request<M>) => {
    port.postMessage(answer(request))
    if (request.method === 'close') port.close()
  })
}

import { parentPort } from 'node:worker_threads'
import type { Methods, Reply, Request } from './protocol.ts'

/** Makes this thread answer one request after the other, until it is asked to close. */
export function answerEach<M extends Methods<M>>(answer: (request: Request<M>) => Reply<M>): void {
  const port = parentPort
  if (port === null) throw new Error('this is the entry of a worker thread')
  port.on('message', (request: Request<M>) => {
    port.postMessage(answer(request))
    if (request.method === 'close') port.close()
  })
}

import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { answerer } from './answerer.ts'
import type { Methods, Request } from './protocol.ts'

/** Makes this thread answer one request after the other. `open` is handed the workspace's folder. */
export function answerRequests<M extends Methods<M>>(open: (workspace: string) => M): void {
  const port = parentPort
  if (port === null) throw new Error('this is the entry of a worker thread')
  const workspace = z.string().parse(workerData)
  const answer = answerer(() => open(workspace))
  port.on('message', (request: Request<M>) => {
    port.postMessage(answer(request))
    if (request.method === 'close') port.close()
  })
}

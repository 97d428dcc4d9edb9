import { parentPort, workerData } from 'node:worker_threads'
import { answerer } from './answerer.ts'
import { GiveUp } from './give-up.ts'
import { type Methods, type Request, ThreadData } from './protocol.ts'

/**
 * Makes this thread answer one request after the other. `open` is handed the workspace's folder, and what a long
 * answer calls between its steps: it throws where nobody waits for the answer any longer.
 */
export function answerRequests<M extends Methods<M>>(open: (workspace: string, goOn: () => void, index?: string) => M): void {
  const port = parentPort
  if (port === null) throw new Error('this is the entry of a worker thread')
  const { workspace, index, giveUp } = ThreadData.parse(workerData)
  const answer = answerer(() => open(workspace, new GiveUp(giveUp).look, index))
  port.on('message', (request: Request<M>) => {
    port.postMessage(answer(request))
    if (request.method === 'close') port.close()
  })
}

/** Entry of the reader's thread. It is handed the workspace's folder and answers one request after the other. */
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { answerer } from './answer.ts'
import type { Request } from './protocol.ts'

const port = parentPort
if (port === null) throw new Error('this is the entry of a worker thread')

const answer = answerer(z.string().parse(workerData))
port.on('message', (request: Request) => {
  port.postMessage(answer(request))
  if (request.method === 'close') port.close()
})

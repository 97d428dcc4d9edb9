/**
 * Watches over one program on behalf of the executor that runs it: a process of its own, in a session of its own, so that
 * it is there when the executor is killed, and when the host is. It reads one line, the mark of the tree, and then who
 * leads it; once nobody writes there any more, the executor is gone, and the tree is ended.
 */
import { createInterface } from 'node:readline'
import { endTree } from '../tree/end-tree.ts'

// Whoever ends the executor politely, and all its friends with it, is not to leave the program alone.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

const said: string[] = []
createInterface({ input: process.stdin })
  .on('line', (line) => said.push(line))
  .on('close', () => {
    const [mark, leader] = said
    if (mark === undefined) process.exit()
    void endTree({ mark, leader: leader === undefined ? undefined : Number(leader) }).then(() => process.exit())
  })

import { setTimeout as delay } from 'node:timers/promises'
import { workflow } from 'cairn'
import { goesWrong, Input, sit, tell } from './parts/injector.ts'

const megabyte = 2 ** 20
/** More than a process may have at first, and less than it may have then. */
const most = 640 * megabyte
/** What it may have at first: the usual. */
const limit = 512e6

/** Takes more memory than a process may, outside of the heap. */
export default workflow('memory', { version: 1, input: Input }).step('work', { isolated: true }, async ({ input }) => {
  const isWrong = await goesWrong(input)
  const held: Buffer[] = []
  let isOver = false
  while (held.length * 32 * megabyte < most) {
    held.push(Buffer.alloc(32 * megabyte, 1))
    if (isOver || process.memoryUsage.rss() <= limit) continue
    isOver = true
    if (isWrong) await tell(input, 'now')
  }
  if (isWrong) await sit()
  // It has been seen to have them.
  await delay(1_000)
  return held.length
})

/** Entry of the index's thread. */
import { platform, setPriority } from 'node:os'
import { answerRequests } from '../thread/answering-thread.ts'
import { openIndexMethods } from './methods.ts'

/**
 * Where processors are short, the engine's thread and the executors get three times as much of them: what the index follows
 * may be followed a moment later. More than that would be felt in each list.
 */
const niceness = 5

// On Linux a thread has a priority of its own, elsewhere it has that of its process.
if (platform() === 'linux') setPriority(niceness)

answerRequests(openIndexMethods)

/** Entry of the thread that makes one backup, and ends. */
import { parentPort, workerData } from 'node:worker_threads'
import { storePaths } from '../paths.ts'
import { GiveUp } from '../thread/give-up.ts'
import { toReadFailure } from '../thread/protocol.ts'
import { copyStore } from './copy-store.ts'
import { BackupTask, type BackupWord } from './backup-task.ts'

const port = parentPort
if (port === null) throw new Error('this is the entry of a worker thread')
const { workspace, file, giveUp, key } = BackupTask.parse(workerData)
const say = (word: BackupWord): void => port.postMessage(word)
const { look: goOn } = new GiveUp(giveUp)
try {
  const backup = await copyStore(storePaths(workspace).store, file, { key, told: say, goOn })
  say({ type: 'made', backup })
} catch (error) {
  say({ type: 'failed', failure: toReadFailure(error) })
}

/** Entry of the thread that copies the WAL of a host that is to die: also while it does. */
import { deadlyCopier } from './deadly.ts'

deadlyCopier()
await import('../../../src/store/wal/thread.ts')

/** Claims a workspace, says so, and stays. */
import { claimOwnership } from '../../../src/store/owner.ts'

claimOwnership(process.argv[2] ?? '', { pid: process.pid, host: 'elsewhere' })
process.stdout.write('owned\n')
setInterval(() => undefined, 1_000_000)

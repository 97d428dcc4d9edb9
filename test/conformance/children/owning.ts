/** Claims a workspace, says so, and stays. */
import { claimOwnership } from '../../../src/store/owner.ts'

const { release } = claimOwnership(process.argv[2] ?? '', { pid: process.pid, host: 'elsewhere' })
process.stdout.write('owned\n')
// What is held is not let go of by being forgotten.
setInterval(release, 1_000_000_000)

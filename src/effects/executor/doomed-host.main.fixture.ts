/** For tests: a host that starts one attempt and then waits to be killed. Its arguments: the handler, and an entry. */
import { TestExecution } from './execution.fixture.ts'
import { forkExecutors } from './fork.ts'

const [handler = '', entry] = process.argv.slice(2)
const memory = 512 * 2 ** 20
const startProcess = forkExecutors(entry === undefined ? { memory } : { memory, entry })
const host = await TestExecution.start(`{ id: 'run', kind: 'code', options: {}, handler: ${handler} }`, { startProcess })
await host.run('run')

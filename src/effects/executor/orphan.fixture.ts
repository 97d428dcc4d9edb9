/** For tests: a host that starts one attempt, whose handler is its argument, and then waits to be killed. */
import { TestExecution } from './execution.fixture.ts'

const [handler = ''] = process.argv.slice(2)
const host = await TestExecution.start(`{ id: 'run', kind: 'code', options: {}, handler: ${handler} }`)
await host.run('run')

/** For tests: a host that starts the attempt of one step, `run`, and then waits to be killed. Its arguments: the step, its manifests, and an entry. */
import { TestExecution } from './execution.fixture.ts'
import { StepManifest } from '../../model/manifest.ts'
import { forkExecutors } from './fork.ts'

const [step = '', manifests = '[]', entry] = process.argv.slice(2)
const memory = 512 * 2 ** 20
const startProcess = forkExecutors(entry === undefined ? { memory } : { memory, entry })
const host = await TestExecution.start(step, { startProcess, manifests: StepManifest.array().parse(JSON.parse(manifests)) })
await host.run('run')

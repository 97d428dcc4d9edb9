/** `node resume.ts CONTENDER crash|resume FOLDER [SERVER]`: a run that dies with its process, and the process that takes it up. */
import { flushCompileCache } from 'node:module'
import { contenders, isContender } from './contenders.ts'

const [name = '', part = '', folder = '', server = ''] = process.argv.slice(2)
if (!isContender(name)) throw new Error(`no ${name}`)
const contender = await contenders[name]()
// A process that is killed would leave nothing of it to the next one.
flushCompileCache()
const place = { folder, durability: 'normal', server } as const
if (part === 'crash') await contender.crash?.(place)
else await contender.resume?.(place, () => process.stdout.write('step 51\n'))

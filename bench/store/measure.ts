/**
 * One measurement, in a process of its own: `node measure.ts CONTENDER WORKLOAD FOLDER SCALE [SERVER]` says its figures as a line
 * of JSON.
 */
import { contenders, isContender } from './contenders.ts'
import { workloads } from './workloads.ts'

const [name = '', load = '', folder = '', scale = '1', server = ''] = process.argv.slice(2)
const workload = workloads.find((each) => each.name === load)
if (workload === undefined || !isContender(name)) throw new Error(`no ${name} or no workload ${load}`)
const figures = await workload.measure(await contenders[name](), { folder, durability: workload.durability, server }, Number(scale))
process.stdout.write(`${JSON.stringify(figures)}\n`)

/**
 * `npm test`: every check of the project; a failed one does not keep the others from running. They go one after the other, but
 * for the simulation: it has what the browser's tests leave of the processors, and says what it has to say after them.
 *
 * `npm test -- --only lint,types` runs those checks; `npm test -- src/store` runs the tests whose path holds that.
 * CAIRN_SCALE (default 0.1) scales the torture, simulation and fuzz parts; CAIRN_SEED names what properties are tried with.
 * The last line is `N passed, N failed`.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildWhatIsStale } from './build.mjs'
import { root } from './paths.mjs'
import { command, Trouble } from './phase.mjs'
import { makeInstalled } from './ready.mjs'
import { attend, capture } from './run.mjs'
import { node, withRuntime } from './runtime.mjs'

/**
 * `failures` are lines that name what failed, as far as that has a name; `retried` name what was tried once more.
 * @typedef {{ passed: number, failed: number, failures?: readonly string[], retried?: readonly string[] }} Counts
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' } },
})
const scale = Number(process.env['CAIRN_SCALE'] ?? '0.1')
const env = {
  ...withRuntime(),
  // A test starts threads and processes from the sources by the hundred: the types of a file are stripped once, and not in each.
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'cairn', 'compiled'),
}

/** @type {Record<string, () => Promise<Counts>>} */
const checks = {
  lint: async () => added(...(await Promise.all([tool('oxlint/bin/oxlint'), tool('dependency-cruiser/bin/dependency-cruiser.mjs', '--config', 'dependency-cruiser.config.ts', ...linted)]))),
  types: async () => added(...(await Promise.all([['.'], ['src/renderer', 'src/preload', 'scripts']].map(typesOf)))),
  build: async () => {
    await buildWhatIsStale()
    return { passed: 1, failed: 0 }
  },
  unit: () => vitest(positionals.length > 0 ? { projects: [...measured, 'simulation'] } : { projects: measured, measures: true }),
  // Three files at a time: while one waits for its browser, others go on. More browsers and hosts are too much for a small machine.
  e2e: () => vitest({ projects: ['e2e', 'desktop'], options: ['--maxWorkers=3'] }),
  simulation: () => simulation(),
}

/** Which tests the coverage is of. Those of the simulation come by the same lines over and over: to be counted there, they would take a seventh longer. */
const measured = ['unit', 'house', 'engine', 'integration']

/** What the import table is held against. */
const linted = ['src', 'test', 'scripts', ...['resources', 'bench'].filter((folder) => existsSync(join(root, folder)))]

await command(async () => {
  const chosen = positionals.length > 0 ? named() : (values.only?.split(',') ?? Object.keys(checks))
  const unknown = chosen.find((name) => !Object.hasOwn(checks, name))
  if (unknown !== undefined) throw new Trouble(`--only ${unknown}: there are ${Object.keys(checks).join(', ')}`)
  if (!(scale > 0)) throw new Trouble(`CAIRN_SCALE=${process.env['CAIRN_SCALE']}: give a number above 0, such as 0.1 or 1`)
  await makeInstalled()

  const started = performance.now()
  /** @type {[string, number][]} */
  const times = []
  /** @type {Required<Counts>} */
  let total = { passed: 0, failed: 0, failures: [], retried: [] }
  /** @type {Promise<Counts> | undefined} */
  let beside
  /** What is said beside the browser's tests. @type {string[]} */
  const held = []
  let interrupted = false
  process.on('SIGINT', () => (interrupted = true))
  for (const name of chosen) {
    if (interrupted) throw new Trouble('Interrupted; the checks that were left did not run.')
    const before = performance.now()
    console.log(`\n── ${name}`)
    if (name === 'e2e' && chosen.includes('simulation')) beside = simulation(held).catch(told)
    const counts = await ((name === 'simulation' && beside) || checks[name]?.().catch(told)) ?? { passed: 0, failed: 0 }
    if (name === 'simulation') process.stdout.write(held.join(''))
    times.push([`${name}${counts.failed > 0 ? ' (failed)' : ''}`, performance.now() - before])
    total = added(total, counts)
  }
  // Once more where whoever sees the end alone sees it.
  if (total.retried.length > 0) console.log(['\nWhat was tried once more, since it had failed', ...total.retried].join('\n  '))
  if (total.failures.length > 0) console.log(['\nWhat failed', ...total.failures].join('\n  '))
  console.log('')
  for (const [name, time] of [...times, ['in all', performance.now() - started]]) console.log(seconds(Number(time)), name)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 ? 0 : 1
})

/**
 * A check that is one command of a package: it passes or it fails.
 * @param {string} script in node_modules
 * @param {string[]} args
 * @returns {Promise<Counts>}
 */
async function tool(script, ...args) {
  const code = await attend(node, [join(root, 'node_modules', script), ...args], { env })
  return verdictOn(code, [script, ...args].join(' '))
}

/**
 * One after the other.
 * @param {readonly string[]} projects
 */
async function typesOf(projects) {
  /** @type {Counts[]} */
  const counts = []
  for (const project of projects) {
    const { code, output } = await capture(node, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], { env })
    process.stdout.write(output)
    counts.push(verdictOn(code, `types of ${project}`))
  }
  return added(...counts)
}

/**
 * @param {number} code
 * @param {string} name
 * @returns {Counts}
 */
function verdictOn(code, name) {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, failures: [name] }
}

/** The checks that tests of these paths belong to. The tests of the console and of the desktop need them built. */
function named() {
  return positionals.some((path) => /e2e|test\/desktop/.test(path)) ? ['build', 'e2e'] : ['unit']
}

/**
 * Tests of some of the projects of vitest.config.ts; the coverage counts as a test of its own where it is measured. A file
 * whose process died under it is tried once more: the runtime itself aborts at times, and the reporter has named it.
 * @param {{ projects: string[], measures?: boolean, options?: string[], paths?: string[], held?: string[], again?: boolean }} what
 * @returns {Promise<Counts>}
 */
async function vitest({ projects, measures = false, options = [], paths = positionals, held, again = true }) {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-test-'))
  const file = join(folder, 'counts.json')
  try {
    const reporters = ['--reporter=default', '--reporter=./scripts/count-reporter.mjs']
    const chosen = projects.map((project) => `--project=${project}`)
    const script = join(root, 'node_modules/vitest/vitest.mjs')
    const args = [script, 'run', ...chosen, ...options, ...reporters, ...(measures ? ['--coverage'] : []), ...paths]
    const surroundings = { env: { ...env, CAIRN_TEST_COUNTS: file } }
    const code = await (held === undefined ? attend(node, args, surroundings) : aside(held, args, surroundings))
    if (!existsSync(file)) return verdictOn(1, 'vitest')
    const { died, ...counts } = /** @type {Counts & { died: string[] }} */ (JSON.parse(readFileSync(file, 'utf8')))
    if (measures) printCoverage()
    if (died.length > 0) return added(counts, again ? await vitest({ projects, options, paths: died, ...(held && { held }), again: false }) : verdictOn(1, died.join(' ')))
    // What else than a failed test ends Vitest with an error where coverage is measured is that it is under its floor.
    const rest = verdictOn(counts.failed > 0 ? 0 : code, measures ? 'coverage' : 'vitest')
    return measures || rest.failed > 0 ? added(counts, rest) : counts
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A line for each measured layer. */
function printCoverage() {
  const file = join(root, 'coverage', 'coverage-summary.json')
  if (!existsSync(file)) return
  /** @type {Record<string, Record<string, { total: number, covered: number }>>} */
  const summary = JSON.parse(readFileSync(file, 'utf8'))
  const kinds = ['lines', 'statements', 'functions', 'branches']
  console.log('\ncoverage')
  for (const layer of ['model', 'engine', 'store', 'service']) {
    const files = Object.entries(summary).filter(([path]) => path.startsWith(join(root, 'src', layer)))
    const shares = kinds.map((kind) => {
      const total = files.reduce((sum, [, counts]) => sum + (counts[kind]?.total ?? 0), 0)
      const covered = files.reduce((sum, [, counts]) => sum + (counts[kind]?.covered ?? 0), 0)
      return `${kind} ${total === 0 ? '  –' : ((100 * covered) / total).toFixed(1)} %`
    })
    console.log(`  ${layer.padEnd(8)} ${shares.join('  ')}`)
  }
}

/**
 * Runs beside another check, with what that leaves of the processors.
 * @param {string[]} held where what it says is put
 * @param {readonly string[]} args
 * @param {import('./run.mjs').Surroundings} surroundings
 */
async function aside(held, args, surroundings) {
  const { code, output } = await capture(node, args, { ...surroundings, isPatient: true })
  held.push(output)
  return code
}

/**
 * Its tests, and a thousand seeds at full scale, in two processes.
 * @param {string[]} [held] where it puts what it says, where it runs beside another check
 */
async function simulation(held) {
  const tests = await vitest({ projects: ['simulation'], ...(held && { held }) })
  const half = Math.max(5, Math.round(500 * scale))
  return added(tests, ...(await Promise.all([1, 1 + half].map((from) => seeds(half, from, held)))))
}

/**
 * @param {number} count
 * @param {number} from
 * @param {string[]} [held]
 * @returns {Promise<Counts>}
 */
async function seeds(count, from, held) {
  const args = ['test/simulation/main.ts', '--seeds', String(count), '--from', String(from)]
  const { code, output } = await capture(node, args, { env, isPatient: held !== undefined })
  if (held === undefined) process.stdout.write(output)
  else held.push(output)
  const [, passed, failed] = /^(\d+) passed, (\d+) failed$/m.exec(output) ?? []
  if (passed === undefined || failed === undefined) return verdictOn(1, args.join(' '))
  const all = { passed: Number(passed), failed: Math.max(Number(failed), code === 0 ? 0 : 1) }
  return all.failed === 0 ? all : { ...all, failures: [args.join(' ')] }
}

/** @param {Counts[]} counts */
function added(...counts) {
  const sum = (/** @type {'passed' | 'failed'} */ what) => counts.reduce((total, each) => total + each[what], 0)
  const lines = (/** @type {'failures' | 'retried'} */ what) => counts.flatMap((each) => each[what] ?? [])
  return { passed: sum('passed'), failed: sum('failed'), failures: lines('failures'), retried: lines('retried') }
}

/** @param {unknown} error */
function told(error) {
  console.error(error instanceof Trouble ? `${error.details}\n${error.message}` : error)
  return verdictOn(1, error instanceof Error ? error.message : String(error))
}

/** @param {number} time */
function seconds(time) {
  return `${(time / 1000).toFixed(1).padStart(7)} s `
}

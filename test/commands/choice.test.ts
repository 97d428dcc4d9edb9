/** Which host `npm start` starts, and what it says of that. */
import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { root } from '../house/checkout.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-choice-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** What of the environment decides which host it is. */
const decisive = new Set(['npm_lifecycle_event', 'DISPLAY', 'WAYLAND_DISPLAY', 'ELECTRON_OVERRIDE_DIST_PATH'])

/** Runs a script of ours until it ends by itself, or says a line with the word and is stopped. */
function run(args: readonly string[], env: NodeJS.ProcessEnv, until?: string): Promise<Ended> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !decisive.has(name)))
  const settings = { CAIRN_SETTINGS: join(folder, 'settings') }
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...own, ...settings, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill())
  let out = ''
  let err = ''
  let isStopped = false
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
    // Once: a second signal would not wait for a good end.
    if (isStopped || until === undefined || !out.includes(until)) return
    isStopped = true
    child.kill('SIGTERM')
  })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
}

const start = join(root, 'scripts', 'start.mjs')

describe.runIf(process.platform !== 'win32')('an Electron that the environment names', () => {
  /** @returns the environment that names one which does this */
  function electronThat(does: string): NodeJS.ProcessEnv {
    const electron = join(folder, 'dist', 'electron')
    mkdirSync(join(folder, 'dist'))
    writeFileSync(electron, does)
    chmodSync(electron, 0o755)
    return { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist'), ELECTRON_RUN_AS_NODE: '1' }
  }

  test('runs the desktop: it gets the options, and its exit code is ours', async () => {
    const env = electronThat('#!/bin/sh\n: > "$CAIRN_CAME_UP"\necho "as-node=$ELECTRON_RUN_AS_NODE" "$@"\nexit 7\n')
    const { code, out, err } = await run([start, '--workspace', 'space', '--trust'], env)
    expect(err).toContain('starting the desktop, on the Electron that ELECTRON_OVERRIDE_DIST_PATH names')
    expect([code, out]).toEqual([7, `as-node= ${root} --workspace space --trust\n`])
  })

  test.each([
    ['SIGTERM', '#!/bin/sh\nkill -TERM $$\n', 143],
    ['its person', '#!/bin/sh\nexit 0\n', 0],
  ])('that is ended by %s before its window is shown is what was wanted', async (_, does, exitCode) => {
    const { code, err } = await run([start, '--workspace', 'space'], electronThat(does))
    expect(code).toBe(exitCode)
    expect(err).not.toContain('headless')
  })

  test.each([
    ['dies before its window is shown', "#!/bin/sh\necho 'libnss3.so: cannot open shared object file' >&2\nexit 127\n", /^libnss3\.so: .*\nstarting the headless host: the desktop ended with exit code 127 before its window was shown/m],
    ['cannot be run', '#!/no/such/shell\n', /^starting the headless host: .*electron cannot be run: .*/m],
  ])('and that %s is followed by the headless host, which says why', async (_, does, why) => {
    const { code, out, err } = await run([start, '--workspace', 'space', '--port', '0'], electronThat(does), '/api/v1')
    expect(err).toMatch(/^starting the desktop, on the Electron/m)
    expect(err).toMatch(why)
    expect(out).toContain('/api/v1')
    expect(code).toBe(0)
  })
})

test('the headless host where it is asked for, whatever there is', async () => {
  const { err } = await run([start, '--help'], { ELECTRON_OVERRIDE_DIST_PATH: folder })
  expect(err).toContain('starting the headless host: as asked')
})

test.runIf(process.platform === 'linux')('the headless host where no window could be seen', async () => {
  const { code, err } = await run([start, '--workspace', 'space', '--port', '0'], {}, '/api/v1')
  expect(err).toContain('starting the headless host: there is no display for a window')
  expect(code).toBe(0)
})

const watched = (program: string, patience: number) => [
  '--input-type=module',
  '--eval',
  `import { runWhileBytesCome } from ${JSON.stringify(join(root, 'scripts', 'while-bytes-come.mjs'))}
   const how = { env: process.env, growing: [${JSON.stringify(folder)}], patience: ${patience} }
   console.log(await runWhileBytesCome(process.execPath, ['--eval', ${JSON.stringify(program)}], how))`,
]

test.each([
  ['a download that stands still is given up', 'setInterval(() => {}, 1000)', 200, 'false\n'],
  ['a download that ends is well', "require('node:fs').writeFileSync('bytes', 'x')", 60_000, 'true\n'],
  ['a download that fails is not', 'process.exit(1)', 60_000, 'false\n'],
])('%s', async (_, program, patience, said) => {
  expect(await run(watched(program, patience), {})).toMatchObject({ code: 0, out: said })
})

describe('with a display, and an Electron package without its runtime', () => {
  const tried = () => join(folder, 'node_modules', '.cache', 'cairn', 'electron-tried')
  const electron = () => join(folder, 'node_modules', 'electron')
  const comes = "const { mkdirSync, writeFileSync } = require('node:fs'); mkdirSync(__dirname + '/dist'); writeFileSync(__dirname + '/dist/electron', ''); writeFileSync(__dirname + '/path.txt', 'electron')"

  /** A checkout whose package does this when it is told to get its runtime. */
  beforeEach(() => {
    cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true })
    mkdirSync(join(folder, 'node_modules', '.bin'), { recursive: true })
    symlinkSync(process.execPath, join(folder, 'node_modules', '.bin', 'node'))
    mkdirSync(electron())
  })

  const whenTold = (what: string) => writeFileSync(join(electron(), 'install.js'), `require('node:fs').appendFileSync(__dirname + '/tries', 'x'); ${what}`)
  const tries = () => readFileSync(join(electron(), 'tries'), 'utf8').length

  async function choice(): Promise<string> {
    const chooses = `process.getuid = () => 1000
      const { chooseHost } = await import(${JSON.stringify(join(folder, 'scripts', 'choose-host.mjs'))})
      console.log((await chooseHost([])).why)`
    return (await run(['--input-type=module', '--eval', chooses], { DISPLAY: ':0' })).out.trim()
  }

  test.runIf(process.platform === 'linux')('it is downloaded, and there from then on', async () => {
    whenTold(comes)
    expect(await choice()).toBe('starting the desktop, on the Electron that was downloaded just now')
    expect(await choice()).toBe('starting the desktop, on the Electron that is installed')
    expect(tries()).toBe(1)
  })

  test.runIf(process.platform === 'linux')('one that cannot be downloaded is tried again the next day, not before', async () => {
    whenTold('process.exit(1)')
    expect(await choice()).toBe("starting the headless host: Electron's runtime is not here, and could not be downloaded; it is tried again tomorrow")
    expect(await choice()).toMatch(/^starting the headless host: .* could not be had at .*; it is tried once a day$/)
    expect(tries()).toBe(1)

    writeFileSync(tried(), new Date(Date.now() - 25 * 3_600_000).toISOString())
    whenTold(comes)
    expect(await choice()).toBe('starting the desktop, on the Electron that was downloaded just now')
    expect(tries()).toBe(2)
  })
})

import { describe, expect, it } from 'vitest'
import { StepId } from '../../model/ids.ts'
import type { Signal } from '../../model/log.ts'
import { shellStep } from '../../model/manifest.fixture.ts'
import { hiddenText } from '../../model/sensitive/hidden.ts'
import { type Setting, stepManifest, TestExecution } from './execution.fixture.ts'

/** A host with one shell step, `run`: its command as code, and its options. */
function hostOf(command: string, options = '{}', setting: Setting = {}): Promise<TestExecution> {
  const step = `{ id: 'run', kind: 'shell', options: ${options}, command: (view) => (${command}) }`
  return TestExecution.start(step, { manifests: [shellStep('run')], ...setting })
}

/** A command that has Node run the code. */
const node = (code: string, more = ''): string => `{ command: process.execPath, args: ['-e', ${JSON.stringify(code)}], ${more} }`

const lines = (host: TestExecution): (readonly [string | undefined, string])[] =>
  host.signals.all.flatMap((signal: Signal) => (signal.type === 'log' ? [[signal.program, signal.message] as const] : []))

describe('a program', () => {
  it('is given its arguments as they are, what it reads, and its variables, and puts out what came of it', async () => {
    const code = `let text = ''; process.stdin.on('data', (piece) => { text += piece }).on('end', () => {
      console.log(process.argv.slice(1).join('|')); console.error(text + process.env.MODE + process.env.CAIRN_ATTEMPT); process.exitCode = 3 })`
    await using host = await hostOf(`{ command: process.execPath, args: ['-e', ${JSON.stringify(code)}, '$HOME', '* ; ls', 'a b'], stdin: 'read ', env: { MODE: 'ci' } }`, `{ exits: { 3: 'completed' } }`)
    expect(await host.run('run')).toEqual({
      type: 'completed',
      output: { exitCode: 3, stdout: '$HOME|* ; ls|a b\n', stderr: 'read ci1\n', cut: { stdout: 0, stderr: 0 } },
      next: null,
    })
    expect(host.effects).toHaveLength(1)
  })

  it('is heard line by line while it runs, each stream for itself', async () => {
    await using host = await hostOf(node(`console.log('one'); console.error('two'); setInterval(() => {}, 1000)`))
    const { ref } = host.start('run')
    expect(await host.logged('one')).toMatchObject({ level: 'info', program: 'stdout', data: null })
    expect(await host.logged('two')).toMatchObject({ level: 'warn', program: 'stderr' })
    const [[first, line] = []] = lines(host)
    expect(first).toBe('command')
    expect(line).toContain(' -e ')
    host.execution.stop(ref)
  })

  it('says how it ended, also after more than the log can bear', async () => {
    await using host = await hostOf(node(`for (let i = 0; i < 5000; i += 1) console.log(i); process.exitCode = 4`))
    await host.run('run')
    const said = lines(host)
    expect(said.at(-1)).toEqual(['end', expect.stringMatching(/^exit code 4 after \d+ ms$/)])
    expect(said.at(-2)).toEqual(['stdout', '4999'])
    expect(said.some(([, line]) => /more log lines were left out/.test(line))).toBe(true)
  })

  it('sends the run back where its step says so', async () => {
    await using host = await hostOf(node(`console.log('not good')`), `{ next: { to: ['run'], max: 1, choose: ({ output }) => (output.stdout === 'good\\n' ? undefined : 'run') } }`)
    expect(await host.run('run')).toMatchObject({ next: 'run' })
  })

  it('puts out the same where the same came of it, however long it took', async () => {
    await using host = await hostOf(node(`console.log('done')`))
    const first = await host.run('run')
    expect(first).toMatchObject({ type: 'completed', output: { stdout: 'done\n' } })
    expect(await host.run('run')).toEqual(first)
  })

  it('is no effect where its step says so', async () => {
    await using host = await hostOf(node(''), `{ effect: 'none' }`)
    expect(await host.run('run')).toMatchObject({ type: 'completed' })
    expect(host.effects).toEqual([])
  })

  it('is not started where the effect may not begin', async () => {
    await using host = await hostOf(node(''))
    host.mayBegin = false
    expect(await host.run('run')).toMatchObject({ type: 'failed' })
    expect(lines(host)).toEqual([])
  })

  it('undoes the step with a command too', async () => {
    await using host = await hostOf(node(''), `{ compensate: ({ output }) => ({ command: process.execPath, args: ['-e', 'console.log("undoing " + process.argv[1])', output.stdout] }) }`)
    expect(await host.run('run', { phase: 'compensate', output: { stdout: 'v7' } })).toMatchObject({ type: 'completed', output: null })
    expect(lines(host)).toContainEqual(['stdout', 'undoing v7'])
  })

  it('is told beforehand, and not run', async () => {
    await using host = await hostOf(`{ command: 'deploy', args: [view.input.to] }`)
    const view = { input: { to: 'the moon' }, context: {}, outputs: {}, iterations: {} }
    const answer = await host.ask({ type: 'address', step: StepId.parse('run'), view })
    expect(answer).toEqual({ type: 'addressed', recipients: [`deploy 'the moon'`] })
  })

  it('that its check finds to have done its work need not be known in all its parts', async () => {
    await using host = await hostOf(node(''), `{ check: ({ idempotencyKey }) => ({ happened: true, output: { stdout: idempotencyKey } }) }`)
    const output = { exitCode: 0, stdout: expect.stringMatching(/\/run\/1\/0$/), stderr: '', cut: { stdout: 0, stderr: 0 } }
    expect(await host.run('run', { phase: 'check' })).toMatchObject({ type: 'completed', output })
    expect(lines(host)).toEqual([])
  })

  it('that a person vouches for need not be known in all its parts', async () => {
    await using host = await hostOf(node(''))
    const answer = await host.ask({ type: 'vouch', step: StepId.parse('run'), output: { stdout: 'it did' }, before: null })
    expect(answer).toEqual({ type: 'vouched', output: { exitCode: 0, stdout: 'it did', stderr: '', cut: { stdout: 0, stderr: 0 } } })
  })
})

describe('a program that fails', () => {
  it.each([
    ['with a code that nobody named, for good', 2, 'permanent'],
    ['with one that its author named, so', 75, 'transient'],
  ])('%s', async (_, code, as) => {
    await using host = await hostOf(node(`console.error('no\\nconnection'); process.exitCode = ${code}`), `{ exits: { 75: 'transient' } }`)
    expect(await host.run('run')).toMatchObject({
      type: 'failed',
      failure: { class: as, name: 'ProgramFailed', code: `EXIT_${code}`, message: expect.stringMatching(new RegExp(`ended with exit code ${code}: connection$`)) },
    })
  })

  it('by a signal from outside was cut off', async () => {
    await using host = await hostOf(node(`process.kill(process.pid, 'SIGKILL')`))
    expect(await host.run('run')).toMatchObject({ type: 'cut_off', own: true, failure: { class: 'crash', code: 'SIGKILL' } })
  })

  it.each([
    ['that is not there', `{ command: 'no-such-program-of-ours' }`, { name: 'ProgramNotFound', code: 'ENOENT', path: 'command', wayOut: expect.stringContaining('PATH') }],
    ['that is none', `{ command: './data.txt' }`, { name: 'ProgramNotExecutable', code: 'EACCES', wayOut: expect.stringContaining('chmod') }],
    ['in a folder that is not there', `{ command: 'ls', cwd: 'nowhere' }`, { name: 'CommandRefused', path: 'cwd', message: expect.stringContaining('"nowhere" is not there') }],
    ['that is no command', `{ command: 'ls', args: 'all' }`, { name: 'CommandRefused', path: 'args' }],
  ])('is one %s, for good', async (_, command, failure) => {
    await using host = await hostOf(command, '{}', { files: { 'data.txt': 'not a program' } })
    expect(await host.run('run')).toMatchObject({ type: 'failed', failure: { class: 'permanent', ...failure } })
  })
})

describe('what must not be told', () => {
  it('is taken out of the command line and of what is printed, and goes on in what is put out', async () => {
    const output = { type: 'object', properties: { key: { type: 'string', sensitive: true } } }
    const source = stepManifest('source', { output, sensitive: true })
    const command = `{ command: process.execPath, args: ['-e', 'console.log("with " + process.argv[1])', view.outputs.source.key] }`
    await using host = await hostOf(command, '{}', { manifests: [source, shellStep('run')] })
    const view = { input: null, context: null, outputs: { source: { key: 'zQ9-canary-7731' } }, iterations: {} }
    expect(await host.run('run', { view })).toMatchObject({ output: { stdout: 'with zQ9-canary-7731\n' } })
    expect(JSON.stringify(host.signals.all)).not.toContain('canary')
    expect(lines(host)).toContainEqual(['stdout', `with ${hiddenText}`])
  })

  it('is all that a program prints whose step says so', async () => {
    await using host = await hostOf(node(`console.log('derived'); console.error('too'); process.exitCode = 1`), `{ sensitive: true }`)
    const result = await host.run('run')
    expect(result).toMatchObject({ failure: { message: expect.stringMatching(/exit code 1$/) } })
    expect(lines(host).map(([part]) => part)).toEqual(['command', 'end'])
  })
})

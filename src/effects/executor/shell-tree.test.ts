/** Nobody of a program's tree outlives its attempt, whoever ends that, and whatever the tree does against it. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Signal } from '../../model/log.ts'
import { shellStep } from '../../model/manifest.fixture.ts'
import { processTable } from '../shell/tree/table.ts'
import { type Beacon, beacon, light } from './beacon.fixture.ts'
import { doomedHost } from './doomed-host.fixture.ts'
import { type Running, TestExecution } from './execution.fixture.ts'

const members = 4

/**
 * Each hears no SIGTERM, and starts the next: the second in its own session, and that one a third and a fourth in theirs.
 * The third goes once the fourth is there, which is nobody's child then.
 */
const family = (port: number): string => `
  const { spawn } = require('node:child_process')
  process.on('SIGTERM', () => {}).on('SIGHUP', () => {})
  const number = Number(process.env.NUMBER ?? 1)
  if (number === 1) console.log('executor ' + process.ppid)
  setInterval(() => {}, 1000)
  void (async () => {
    ${light(port)}
    if (number === ${members}) return console.log('lit')
    const next = spawn(process.execPath, ['-e', process.env.PROGRAM], {
      env: { ...process.env, NUMBER: String(number + 1) }, stdio: ['ignore', 'pipe', 'ignore'], detached: number > 1 })
    if (number === 3) next.stdout.once('data', () => process.exit())
  })()`

function step(program: string): string {
  const command = `{ command: process.execPath, args: ['-e', ${JSON.stringify(program)}], env: { PROGRAM: ${JSON.stringify(program)} } }`
  return `{ id: 'run', kind: 'shell', options: { effect: 'none' }, command: () => (${command}) }`
}

const manifests = [shellStep('run', [], { effect: null })]

/** The one step under way, and all of its family there. */
async function underWay(signs: Beacon): Promise<Running & { readonly host: TestExecution }> {
  const pid = `{ id: 'pid', kind: 'code', options: {}, handler: () => process.pid }`
  const host = await TestExecution.start(`${step(family(signs.port))}, ${pid}`, { manifests, limits: { isolated: 1 } })
  const running = host.start('run')
  await signs.lit(members)
  return { host, ...running }
}

function isExecutor(signal: Signal): boolean {
  return signal.type === 'log' && signal.message.startsWith('executor ')
}

async function executorOf({ signals }: TestExecution): Promise<number> {
  const signal = await signals.first(isExecutor)
  return Number(signal.type === 'log' && signal.message.split(' ')[1])
}

function guardOf(executor: number): number {
  const guard = processTable('none').find(({ pid, parent }) => parent === executor && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('guard'))
  if (guard === undefined) throw new Error('there is no guard')
  return guard.pid
}

describe('all of the tree ends', () => {
  it('when the attempt is stopped, and its executor goes on', async () => {
    await using signs = await beacon()
    const { host, ref } = await underWay(signs)
    await using _ = host
    const executor = await executorOf(host)
    host.execution.stop(ref)
    await signs.out()
    expect(await host.run('pid', { isolated: true })).toMatchObject({ output: executor })
  })

  it('before the next attempt of its step begins', async () => {
    await using signs = await beacon()
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); void (async () => { ${light(signs.port)} })()`
    await using host = await TestExecution.start(step(stubborn), { manifests })
    const { ref } = host.start('run')
    await signs.lit(1)
    host.execution.stop(ref)
    const next = host.start('run', { ref: { ...ref, attempt: 2 } })
    await signs.lit(2)
    // The second is there: then the first is not.
    expect(signs.here).toBe(1)
    host.execution.stop(next.ref)
    await signs.out()
  })

  it('when the executor is killed', async () => {
    await using signs = await beacon()
    const { host, result } = await underWay(signs)
    await using _ = host
    process.kill(await executorOf(host), 'SIGKILL')
    expect(await result).toMatchObject({ type: 'cut_off', own: true })
    await signs.out()
  })

  it('when its guard is killed, and with that the attempt', async () => {
    await using signs = await beacon()
    const { host, result } = await underWay(signs)
    await using _ = host
    const executor = await executorOf(host)
    process.kill(guardOf(executor), 'SIGKILL')
    expect(await result).toMatchObject({ type: 'cut_off', own: true, failure: { name: 'ProgramUnguarded' } })
    await signs.out()
  })

  it('before the next attempt begins, where its guard and its executor were killed at once', async () => {
    await using signs = await beacon()
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('executor ' + process.ppid); void (async () => { ${light(signs.port)} })()`
    await using host = await TestExecution.start(step(stubborn), { manifests })
    const { ref, result } = host.start('run')
    await signs.lit(1)
    const executor = await executorOf(host)
    process.kill(executor, 'SIGSTOP')
    process.kill(guardOf(executor), 'SIGKILL')
    process.kill(executor, 'SIGKILL')
    expect(await result).toMatchObject({ type: 'cut_off', own: true })
    const next = host.start('run', { ref: { ...ref, attempt: 2 } })
    await signs.lit(2)
    expect(signs.here).toBe(1)
    host.execution.stop(next.ref)
    await signs.out()
  })

  it('when the host closes', async () => {
    await using signs = await beacon()
    const { host } = await underWay(signs)
    await host[Symbol.asyncDispose]()
    await signs.out()
  })

  it('when the host is killed', async () => {
    await using signs = await beacon()
    await using doomed = await doomedHost({ step: step(family(signs.port)), manifests })
    await signs.lit(members)
    doomed.host.kill('SIGKILL')
    await signs.out()
  })

  it('when the host and its executors are killed at once', async () => {
    await using signs = await beacon()
    await using doomed = await doomedHost({ step: step(family(signs.port)), manifests })
    await signs.lit(members)
    const { host } = doomed
    host.kill('SIGSTOP')
    const children = processTable('none').filter(({ parent }) => parent === host.pid)
    expect(children).not.toEqual([])
    for (const { pid } of children) process.kill(pid, 'SIGKILL')
    host.kill('SIGKILL')
    await signs.out()
  })

  it('when the program has come to its end by itself, before its step does', async () => {
    await using signs = await beacon()
    const stays = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); void (async () => { ${light(signs.port)}; console.log('lit') })()`
    const leaves = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(stays)}], { stdio: ['ignore', 'pipe', 'ignore'], detached: true })
      .stdout.once('data', () => process.exit())`
    await using host = await TestExecution.start(step(leaves), { manifests })
    expect(await host.run('run')).toMatchObject({ type: 'completed', output: { exitCode: 0 } })
    await signs.lit(1)
    await signs.out()
  })

  it('and nobody beside it', async () => {
    await using signs = await beacon()
    const { host } = await underWay(signs)
    await using _ = host
    await using other = await TestExecution.start(step(`console.log('done')`), { manifests })
    expect(await other.run('run')).toMatchObject({ type: 'completed', output: { stdout: 'done\n' } })
    // The program of the first, and its guard.
    const executor = await executorOf(host)
    expect(processTable('none').filter(({ parent }) => parent === executor)).toHaveLength(2)
  })
})

import { rename, rm, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Clock } from '../../engine/ports.ts'
import { systemClock } from '../clock.ts'
import type { StartProcess } from '../executor/executor-process.ts'
import { bundledPrograms } from '../../../test/bundled-program.ts'
import { Observed } from './open-workspace.fixture.ts'
import { loaderMemory } from './load-workflow.ts'
import { module, TestWorkspace, usual } from './workspace.fixture.ts'
import { openWorkspace } from './workspace.ts'

const [a, b] = ['workflows/a.ts', 'workflows/b.ts'] as const
const fork = bundledPrograms.spawn('loader', loaderMemory)

test('what is good is loaded, what is wrong is refused, and what is no workflow is left alone', async () => {
  await using workspace = await TestWorkspace.create({
    'workflows/good.ts': module('good'),
    'workflows/plain.mjs': module('plain'),
    'workflows/bad.ts': 'export default 1',
    'workflows/broken.js': '}',
    'workflows/good.test.ts': 'throw new Error("a test")',
    'workflows/_draft.ts': '}',
    'workflows/types.d.ts': 'declare const x: number',
    'workflows/notes.md': '# Notes',
    'workflows/parts/part.ts': 'export const part = 1',
  })
  await using observed = await Observed.open(workspace)
  expect(Object.fromEntries(observed.standing)).toEqual({
    'workflows/good.ts': 'loaded good',
    'workflows/plain.mjs': 'loaded plain',
    'workflows/bad.ts': 'no_default_export',
    'workflows/broken.js': 'bundle_failed',
  })
})

test('changes are followed: a module, what it imports, a new one, one that goes, one that breaks', async () => {
  await using workspace = await TestWorkspace.create({
    [a]: module('a', { top: "import { word } from '../lib/word.ts'", body: 'return word' }),
    [b]: module('b'),
    'lib/word.ts': 'export const word = "one"',
  })
  await using observed = await Observed.open(workspace)
  const [first, other] = [observed.hashes.get(a), observed.hashes.get(b)]

  await workspace.write({ 'lib/word.ts': 'export const word = "two"' })
  const second = await observed.next(a, first)
  // As editors save: a new file takes the place of the old one.
  await workspace.write({ '.saved': module('a', { body: 'return 2' }) })
  await rename(join(workspace.root, '.saved'), join(workspace.root, a))
  await observed.next(a, second)
  expect(observed.hashes.get(b)).toBe(other)

  await workspace.write({ 'workflows/c.ts': module('c') })
  await observed.until('workflows/c.ts', 'loaded c')
  await rm(join(workspace.root, b))
  await observed.until(b, undefined)
  await workspace.write({ [a]: '}' })
  await observed.until(a, 'bundle_failed')
  expect(observed.standing.get('workflows/c.ts')).toBe('loaded c')
  await workspace.write({ [a]: module('a') })
  await observed.until(a, 'loaded a')
  await workspace.write({ [a]: module('other') })
  await observed.until(a, 'loaded other')
})

test('what mends a module may be a file that was not there, in a folder that was not there', async () => {
  await using workspace = await TestWorkspace.create({ [a]: module('a', { top: "import '../deep/er/lib.ts'" }) })
  await using observed = await Observed.open(workspace)
  expect(observed.standing.get(a)).toBe('import_failed')
  await workspace.write({ 'deep/er/lib.ts': 'export {}' })
  await observed.until(a, 'loaded a')
})

test('what mends a module may be package.json', async () => {
  await using workspace = await TestWorkspace.create({
    [a]: module('a', { top: "import 'native'" }),
    'node_modules/native/package.json': '{ "version": "1.0.0" }',
    'node_modules/native/index.js': 'exports.load = (name) => require(name)',
  })
  await using observed = await Observed.open(workspace)
  expect(observed.standing.get(a)).toBe('external_undeclared')
  await workspace.write({ 'package.json': '{ "dependencies": { "native": "*" } }' })
  await observed.until(a, 'loaded a')
})

test('the workflows folder may come later, and come anew', async () => {
  await using workspace = await TestWorkspace.create()
  await rm(join(workspace.root, 'workflows'), { recursive: true })
  await using observed = await Observed.open(workspace)
  await workspace.write({ [a]: module('a') })
  await observed.until(a, 'loaded a')
  await rename(join(workspace.root, 'workflows'), join(workspace.root, 'old'))
  await observed.until(a, undefined)
  await workspace.write({ [b]: module('b') })
  await observed.until(b, 'loaded b')
})

test('two files with one name are both refused, until one of them has another', async () => {
  await using workspace = await TestWorkspace.create({ [a]: module('same'), [b]: module('same') })
  await using observed = await Observed.open(workspace)
  expect([observed.standing.get(a), observed.standing.get(b)]).toEqual(['duplicate_workflow', 'duplicate_workflow'])
  await workspace.write({ [b]: module('other') })
  await observed.until(a, 'loaded same')
  await observed.until(b, 'loaded other')
})

test('each file is read once when a workspace is opened, also one that something else might mend', async () => {
  await using workspace = await TestWorkspace.create({ [a]: '}', [b]: module('b'), 'workflows/c.ts': "import 'nothing'" })
  let loads = 0
  const start: StartProcess = (events) => {
    loads += 1
    return fork(events)
  }
  await using observed = await Observed.open(workspace, { start })
  expect([loads, observed.standing.size]).toEqual([3, 3])
})

test('a change of one file reads no other again that only its own change can mend', async () => {
  await using workspace = await TestWorkspace.create({ [a]: '}', [b]: module('b'), 'workflows/c.ts': "import './d.ts'" })
  const loads: string[] = []
  const start: StartProcess = (events) => {
    const process = fork(events)
    const send = (text: string): void => {
      loads.push(z.object({ file: z.string() }).parse(JSON.parse(text)).file)
      process.send(text)
    }
    return { ...process, send }
  }
  await using observed = await Observed.open(workspace, { start, watch: false })
  loads.length = 0
  await workspace.write({ [b]: module('b', { body: 'return 2' }) })
  await observed.workspace.refresh()
  expect(loads.toSorted()).toEqual([b, 'workflows/c.ts'])
})

test('what has not been read yet is counted, from the moment that the workspace is open', async () => {
  await using workspace = await TestWorkspace.create({ [a]: module('a'), [b]: '}' })
  const left: number[] = []
  const report = (): void => void left.push(open.unread())
  const troubled = (what: string, error: unknown): never => expect.unreachable(`${what}: ${String(error)}`)
  const open = await openWorkspace(workspace.root, { ...usual(), clock: systemClock, report, troubled, watch: false })
  expect([open.unread(), left]).toEqual([2, []])
  await open.refresh()
  expect([open.unread(), left.at(-1)]).toEqual([0, 0])
  await workspace.write({ 'workflows/c.ts': module('c') })
  await open.refresh()
  expect([open.unread(), left.length]).toEqual([0, 3])
  await open.close()
})

test('a file that was saved as it was is no event', async () => {
  await using workspace = await TestWorkspace.create({ [a]: module('a'), [b]: 'export default 1' })
  await using observed = await Observed.open(workspace)
  const events = [...observed.events]
  await utimes(join(workspace.root, a), 1, 1)
  await workspace.write({ [b]: 'export default 1' })
  await observed.workspace.refresh()
  expect(observed.events).toEqual(events)
})

/** A clock that waits to be told when a change may be looked at. */
function heldClock(settle: number): { clock: Clock; armed: () => Promise<() => void> } {
  let held: PromiseWithResolvers<() => void> = Promise.withResolvers()
  const at: Clock['at'] = (instant, call) => {
    if (instant !== settle) return systemClock.at(systemClock.now() + instant, call)
    held.resolve(call)
    return () => undefined
  }
  const armed = async (): Promise<() => void> => {
    const call = await held.promise
    held = Promise.withResolvers()
    return call
  }
  // Instants are told by their distance.
  return { clock: { now: () => 0, at }, armed }
}

test('many changes at once are looked at once', async () => {
  await using workspace = await TestWorkspace.create({ [a]: module('a'), [b]: module('b') })
  let loads = 0
  const start: StartProcess = (events) => {
    loads += 1
    return fork(events)
  }
  const { clock, armed } = heldClock(777)
  await using observed = await Observed.open(workspace, { clock, settle: 777, start })
  expect(loads).toBe(2)
  for (let count = 0; count < 5; count += 1) await workspace.write({ [a]: module('a', { body: `return ${count}` }) })
  const look = await armed()
  const before = observed.hashes.get(a)
  look()
  await observed.next(a, before)
  await observed.workspace.refresh()
  expect(loads).toBe(3)
})

test('an event is told when the one before has been taken', async () => {
  await using workspace = await TestWorkspace.create({ [a]: module('a'), [b]: module('b'), 'workflows/c.ts': module('c') })
  let busy = 0
  const report = async (): Promise<void> => {
    busy += 1
    expect(busy).toBe(1)
    await new Promise(setImmediate)
    busy -= 1
  }
  await using observed = await Observed.open(workspace, { report })
  await observed.workspace.refresh()
  expect.assertions(3)
})

test('what nobody took is told again', async () => {
  await using workspace = await TestWorkspace.create({ [a]: module('a') })
  const told: string[] = []
  const report = ({ type, file }: { type: string; file: string }): void => {
    told.push(`${type} ${file}`)
    if (told.length === 2) throw new Error('the store is full')
  }
  await using observed = await Observed.open(workspace, { report, watch: false })
  await workspace.write({ [a]: module('a', { body: 'return 2' }) })
  await expect(observed.workspace.refresh()).rejects.toThrow('the store is full')
  await observed.workspace.refresh()
  expect(told).toEqual([`loaded ${a}`, `loaded ${a}`, `loaded ${a}`])
})

test('where changes are followed, what nobody took is told again by itself', async () => {
  await using workspace = await TestWorkspace.create({ [a]: module('a') })
  const taken = Promise.withResolvers<void>()
  let times = 0
  const report = (): void => {
    times += 1
    if (times < 3) throw new Error('the store is full')
    taken.resolve()
  }
  const open = await openWorkspace(workspace.root, { ...usual(), clock: systemClock, report, troubled: () => undefined })
  await expect(open.refresh()).rejects.toThrow('the store is full')
  await taken.promise
  await open.close()
})

test('a folder that is trusted later loads when it is looked at again', async () => {
  await using workspace = await TestWorkspace.create({ [a]: module('a') })
  let trusted = false
  await using observed = await Observed.open(workspace, { trust: { isTrusted: async () => trusted } })
  expect(observed.standing.get(a)).toBe('untrusted_folder')
  trusted = true
  await observed.workspace.refresh()
  expect(observed.standing.get(a)).toBe('loaded a')
})

test('closing ends what is being loaded, and nothing is told after it', async () => {
  await using workspace = await TestWorkspace.create({ [a]: module('a') })
  const started = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<void>()
  let hanging = false
  const start: StartProcess = (events) => {
    if (hanging) started.resolve()
    return fork({
      ...events,
      exited: (exit) => {
        events.exited(exit)
        if (hanging) ended.resolve()
      },
    })
  }
  const observed = await Observed.open(workspace, { start })
  const events = [...observed.events]
  hanging = true
  await workspace.write({ [b]: module('b', { top: 'for (;;);' }) })
  await started.promise
  await observed.workspace.close()
  await ended.promise
  expect(observed.events).toEqual(events)
})

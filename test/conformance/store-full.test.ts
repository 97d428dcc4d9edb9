/** A file that may not grow any further, which to the store is a full disk, and a disk that fails, under a host at work. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { statSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RunId } from '../../src/model/ids.ts'
import { JournalIndex } from '../../src/store/index/journal-index.ts'
import { storePaths } from '../../src/store/paths.ts'
import { Child } from './child.ts'
import { sampleHostEntry, sampleRevision } from './samples.ts'
import { ScratchStore } from './scratch-store.ts'

let scratch: ScratchStore
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

/** No file that the process writes may be longer. */
function limitFiles({ pid }: { readonly pid: number | undefined }, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
}

// Only Linux sets limits of a process that runs.
test.runIf(process.platform === 'linux')('a store that finds no room to be written anew, since it is to give some back, opens all the same', async () => {
  const { storage } = await scratch.open()
  await storage.saveRevision({ ...sampleRevision, bundle: randomBytes(300_000).toString('hex') })
  await scratch.shut()
  limitFiles(process, 200_000)
  try {
    await scratch.open({ givesBack: true })
  } finally {
    limitFiles(process, 'unlimited')
  }
  expect(scratch.troubles).toEqual([expect.stringContaining('gives no room back to the disk until a start at which it can')])
  await scratch.shut()
  const store = await scratch.open({ givesBack: true })
  expect(await store.verify()).toMatchObject({ findings: [] })
  expect(scratch.troubles).toHaveLength(1)
})

test.runIf(process.platform === 'linux')('an index that finds no room answers as of where it is, and says what is wrong where there is none yet', async () => {
  const { storage } = await scratch.open()
  for (let entry = 0; entry < 3; entry += 1) await storage.record(sampleHostEntry())
  const { store, index } = storePaths(scratch.workspace)
  const journal = new JournalIndex({ store, index })
  const position = (): number => journal.answer(1_000, (answers) => answers.search({ terms: [], offset: 0, limit: 1, sort: null, upTo: null, now: 0 })).position
  expect(position()).toBe(3)
  await storage.record(sampleHostEntry())
  limitFiles(process, statSync(`${index}-wal`).size)
  try {
    expect(position()).toBe(3)
    const other = new JournalIndex({ store, index: `${index}.other` })
    limitFiles(process, 100)
    expect(() => other.follow(1)).toThrow(/index\.db\.other cannot be used: (?:its disk is full|the disk fails)/)
    other.close()
  } finally {
    limitFiles(process, 'unlimited')
  }
  expect(position()).toBe(4)
  journal.close()
})

/** Has the calls of a process that write fail; answers what ends that. */
async function failing(pid: number | undefined, calls: string, error: string): Promise<() => Promise<void>> {
  const said = ['-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}`]
  const tracer = spawn('strace', ['-f', '-o', '/dev/null', '-p', String(pid), ...said], { stdio: ['ignore', 'ignore', 'pipe'] })
  await once(tracer.stderr, 'data')
  return async () => {
    tracer.kill('SIGINT')
    await once(tracer, 'exit')
  }
}

const canTrace = spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0

type Begin = (child: Child) => Promise<() => unknown>

const fill: Begin = (child) => {
  limitFiles(child, statSync(`${storePaths(scratch.workspace).store}-wal`).size + 10_000)
  return Promise.resolve(() => limitFiles(child, 'unlimited'))
}

interface Trouble {
  readonly what: string
  readonly begin: Begin
  readonly fault: RegExp
  readonly times: number
}

const onLinux: readonly Trouble[] = [{ what: 'a full disk', begin: fill, fault: /^fault (full|failing)$/, times: 3 }]
const traced: readonly Trouble[] = [
  { what: 'a disk that takes no write', begin: ({ pid }) => failing(pid, 'pwrite64', 'EIO'), fault: /^fault failing$/, times: 1 },
  { what: 'a disk that does not keep what was written', begin: ({ pid }) => failing(pid, 'fsync,fdatasync', 'EIO'), fault: /^fault failing$/, times: 1 },
  { what: 'a disk over its quota', begin: ({ pid }) => failing(pid, 'pwrite64', 'ENOSPC'), fault: /^fault full$/, times: 1 },
]

test.each([...(process.platform === 'linux' ? onLinux : []), ...(canTrace ? traced : [])])('no run fails of $what, and all go on by themselves once that is over', async ({ begin, fault, times }) => {
  const child = new Child('filling.ts', scratch.workspace)
  const ended: RunId[] = []
  const until = async (word: string): Promise<string> => {
    for (;;) {
      const line = (await child.says()) ?? expect.fail(`it ended before it said ${word}`)
      if (line.startsWith('ended ')) ended.push(RunId.parse(line.slice(6)))
      if (line.startsWith(word)) return line
    }
  }

  for (let time = 1; time <= times; time += 1) {
    await until('ended')
    const end = await begin(child)
    expect(await until('fault')).toMatch(fault)
    await end()
    await until('works')
  }
  await until('ended')
  await child.kill()

  const { storage, verify, alarm } = await scratch.open()
  expect(alarm).toBeNull()
  for (const run of ended) {
    const stored = storage.load(run)
    expect(stored?.record).toMatchObject({ status: 'completed', failure: null })
    expect(stored?.steps.find(({ step }) => step === 'draft')).toMatchObject({ status: 'completed', attempts: 2, tries: 2 })
  }
  expect(await verify()).toMatchObject({ findings: [] })
})

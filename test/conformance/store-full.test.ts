/** A file that may not grow any further, which to the store is a full disk, under a host at work. */
import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RunId } from '../../src/model/ids.ts'
import { storePaths } from '../../src/store/paths.ts'
import { Child } from './child.ts'
import { ScratchStore } from './scratch-store.ts'

let scratch: ScratchStore
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

/** No file that the process writes may be longer. */
function limitFiles({ pid }: Child, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`])
}

// Only Linux sets limits of a process that runs.
test.runIf(process.platform === 'linux')('no run fails of a full disk, and all go on by themselves once there is room', async () => {
  const child = new Child('filling.ts', scratch.workspace)
  const ended: RunId[] = []
  const until = async (word: string): Promise<string> => {
    for (;;) {
      const line = (await child.says()) ?? expect.fail(`it ended before it said ${word}`)
      if (line.startsWith('ended ')) ended.push(RunId.parse(line.slice(6)))
      if (line.startsWith(word)) return line
    }
  }

  for (const _ of ['once', 'twice', 'thrice']) {
    await until('ended')
    limitFiles(child, statSync(`${storePaths(scratch.workspace).store}-wal`).size + 10_000)
    expect(await until('fault')).toMatch(/^fault (full|failing)$/)
    limitFiles(child, 'unlimited')
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

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

/** What is written there meets a full disk. */
const full = '/dev/full'

test.runIf(existsSync(full))('a disk that is full ends no process that logs, and keeps none from ending', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-logs-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  symlinkSync(full, join(folder, 'host-1970-01-01.log'))
  // By the time that the other log is written and closed, the first line has met the full disk.
  const program = `
    import { openLogs } from ${JSON.stringify(join(import.meta.dirname, 'logs.ts'))}
    const [logs, others] = [0, 86_400_000].map((startedAt) => openLogs(${JSON.stringify(folder)}, startedAt))
    logs.log.error('one')
    others.log.error('two')
    await others.close()
    await logs.close()
    console.log(logs.trouble().message)
  `
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8', timeout: 20_000 })
  expect([stdout, stderr]).toEqual([expect.stringContaining('ENOSPC'), ''])
})

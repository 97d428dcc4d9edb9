/** The programs of the pipeline, each as the step runs it. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { digestOf, folderOf } from './workflows/release/artefact.ts'

let workspace: string
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'cairn-'))
  cpSync(join(dirname(fileURLToPath(import.meta.url)), 'tools'), join(workspace, 'tools'), { recursive: true })
})
afterEach(() => rmSync(workspace, { recursive: true, force: true }))

function run(tool: string, args: readonly string[], { of = 'one', attempt = 1, generation = 0 } = {}) {
  const env = { ...process.env, CAIRN_IDEMPOTENCY_KEY: `${of}/step/1/${generation}`, CAIRN_ATTEMPT: String(attempt) }
  const { status, stdout, stderr } = spawnSync(process.execPath, [`tools/${tool}.mjs`, ...args], { cwd: workspace, env, encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** Generates and builds a version for a run. */
function built(version: string, of: string) {
  const folder = folderOf(run('generate', [version], { of }))
  return { folder, digest: digestOf(run('build', [folder], { of })) }
}

const live = () => readFileSync(join(workspace, 'places', 'staging', 'deployed.txt'), 'utf8')

test('what is generated is built to the same each time, and its tests hold', () => {
  const { folder, digest } = built('1.2.3', 'one')
  expect(folder).toBe('projects/one')
  expect(digest).toMatch(/^[0-9a-f]{12}$/)
  expect(built('1.2.3', 'another').digest).toBe(digest)
  const tested = run('test', [folder])
  expect(tested).toMatchObject({ status: 0, stdout: expect.stringContaining('all tests hold') })
  expect(tested.stdout).not.toContain('FAIL')
})

test('a service that is away says so by its code, and is there at the third try', () => {
  const { folder } = built('1.0.0', 'one')
  const tries = [1, 2, 3].map((attempt) => run('test', [folder, 'flaky-tests'], { attempt }).status)
  expect(tries).toEqual([75, 75, 0])
  expect(run('test', [folder, 'failing-tests']).status).toBe(1)
})

test('a deployment is made once for a run, answers, and gives way to what was there before', () => {
  const one = built('1.0.0', 'one')
  const two = built('2.0.0', 'two')
  run('deploy', [one.folder, 'staging', one.digest], { of: 'one' })
  const before = live()
  for (const _ of ['once', 'again']) run('deploy', [two.folder, 'staging', two.digest], { of: 'two' })
  expect(live().trim().split('\n')).toHaveLength(2)
  expect(run('verify', ['staging', two.digest]).stdout).toContain('version 2.0.0 answers: To pay: 1.19 EUR')
  expect(run('verify', ['staging', two.digest, 'unwell']).status).toBe(1)
  for (const _ of ['once', 'again']) run('rollback', ['staging', two.digest], { of: 'two' })
  expect(live()).toBe(before)
})

test('a project that is torn is whole when it is generated once more, and an old cache is thrown away by the tests that find it', () => {
  const { stdout } = run('generate', ['1.0.0', 'torn-project'])
  const folder = folderOf({ stdout })
  expect(run('build', [folder])).toMatchObject({ status: 1, stderr: expect.stringContaining('src/till.mjs is not there') })
  run('generate', ['1.0.0', 'torn-project'])
  const once = () => [run('build', [folder, 'stale-cache']).status, run('test', [folder, 'stale-cache']).status]
  expect([once(), once()]).toEqual([[0, 65], [0, 0]])
})

test('a place that is frozen takes nothing at first', () => {
  const { folder, digest } = built('1.0.0', 'one')
  const deploy = (attempt: number) => run('deploy', [folder, 'staging', digest, 'frozen-place'], { attempt }).status
  expect([deploy(1), deploy(2)]).toEqual([1, 0])
})

test('a deployment of which not all arrives is found by who looks, and is whole when it is made anew', () => {
  const { folder, digest } = built('1.0.0', 'one')
  const once = (generation: number) => {
    run('deploy', [folder, 'staging', digest, 'half-deployed'], { generation })
    const { status } = run('verify', ['staging', digest, 'half-deployed'], { generation })
    if (status !== 0) run('rollback', ['staging', digest], { generation })
    return status
  }
  expect([once(0), once(1)]).toEqual([65, 0])
})

test('damage is one bit of the newest value', () => {
  mkdirSync(join(workspace, '.cairn'))
  const db = new Database(join(workspace, '.cairn', 'store.db'))
  db.exec("CREATE TABLE value (body BLOB); INSERT INTO value VALUES (CAST('{}' AS BLOB))")
  expect(run('damage', [])).toMatchObject({ status: 1, stderr: expect.stringContaining('no step has put anything out yet') })
  db.exec(`INSERT INTO value VALUES (CAST('{"stdout":"x"}' AS BLOB))`)
  expect(run('damage', []).stdout).toBe('changed one bit of 14 bytes\n')
  expect(db.prepare('SELECT CAST(body AS TEXT) FROM value').pluck().all()).toEqual(['{}', '{"stdouu":"x"}'])
  db.close()
})

test('a manual is written of what there is, and a release announced once', () => {
  const { folder } = built('1.0.0', 'one')
  expect(run('manual', [folder]).stdout).toContain('3 parts')
  expect(run('manual', [folder, 'broken-manual']).status).toBe(1)
  expect([1, 2].map((attempt) => run('manual', [folder, 'no-licence'], { attempt }).status)).toEqual([73, 0])
  for (const _ of ['once', 'again']) expect(run('announce', ['staging', '1.0.0']).status).toBe(0)
  expect(readFileSync(join(workspace, 'places', 'staging', 'announced.log'), 'utf8')).toBe('1.0.0 by one\n')
})

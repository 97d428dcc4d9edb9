/** An encrypted store, from its first start to its last backup: nothing that code, mail or people wrote stands on the disk. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { Client } from '../../src/client/client.ts'
import { connectSocket } from '../../src/client/socket.ts'
import { readHostFile } from '../../src/host/workspace/host-file.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import type { RunStatus } from '../../src/model/status.ts'
import { storePaths } from '../../src/store/paths.ts'
import { bundledEntry } from '../bundled-program.ts'
import { compiled } from '../compiled-once.ts'
import { canariesOf, filesBelow, sightings } from './canaries.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const before = tmpdir()
const temporary = mkdtempSync(join(before, 'cairn-encrypted-'))
beforeAll(() => {
  process.env['TMPDIR'] = temporary
})
afterAll(() => {
  process.env['TMPDIR'] = before
  rmSync(temporary, { recursive: true, force: true })
})

const workflow = `
  import { workflow, z } from 'cairn'
  const Words = z.record(z.string(), z.string())
  export default workflow('letter', { version: 1, input: z.object({ words: Words }), context: z.object({ of: z.string() }) })
    .step('draft', ({ input, log, progress, heartbeat }) => {
      log.info(input.words.log, { data: input.words.data })
      progress(0.5, input.words.progress)
      heartbeat({ at: input.words.heartbeat })
      console.log(input.words.printed)
      return { text: input.words.output.repeat(400) }
    })
    .step('odd', { optional: true, retry: { attempts: 1 } }, ({ input }) => { throw Object.assign(new Error(input.words.error), { code: 'ODD' }) })
    .approval('ok', { needs: ['draft', 'odd'], shows: ({ outputs }) => outputs.draft, edits: 'draft.text', actions: { primary: 'approve', secondary: ['reject'] } })
    .email('send', { needs: ['ok'] }, ({ input }) => ({ to: input.words.address + '@example.com', subject: input.words.subject, text: input.words.mail }))
`

const canaries = canariesOf(
  ...['input', 'context', 'log', 'data', 'progress', 'heartbeat', 'printed', 'output', 'error', 'note', 'edit', 'subject', 'mail', 'address'],
  ...['mark', 'reason', 'query', 'branch'],
)
/** What the run is given; the rest is what people say. */
const given = Object.fromEntries(Object.entries(canaries).filter(([name]) => !['note', 'edit', 'mark', 'reason', 'query', 'branch'].includes(name)))
const word = (name: string): string => canaries[name] ?? expect.fail(`there is no canary ${name}`)
const letter = WorkflowName.parse('letter')

async function reached(client: Client, run: RunId, status: RunStatus): Promise<void> {
  for await (const item of client.followRun(run)) {
    const record = item.type === 'whole' ? item.detail.record : item.type === 'changed' ? item.record : undefined
    if (record?.status === status) return
  }
  throw new Error('the stream ended')
}

async function encrypted(): Promise<{ workspace: string; keyFile: string }> {
  const keys = mkdtempSync(join(before, 'cairn-keys-'))
  onTestFinished(() => rmSync(keys, { recursive: true, force: true }))
  const keyFile = join(keys, 'key')
  expect(await cairn(['make-key', keyFile])).toMatchObject({ exitCode: 0 })
  const config = `store:\n  encryption: true\n  key_file: ${keyFile}\n  validation_interval: 1s\n`
  return { workspace: await workspaceOf({ 'workflows/letter.ts': workflow, 'cairn.config.yaml': config }), keyFile }
}

/** A host in a process of its own, which can be killed. */
async function hostApart(workspace: string): Promise<{ client: Client; kill(): Promise<void> }> {
  const args = [bundledEntry('headless'), '--workspace', workspace, '--port', '0', '--trust', '--headless']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...compiled, TMPDIR: temporary } })
  const exited = once(child, 'exit')
  onTestFinished(() => void child.kill('SIGKILL'))
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('workflow ')) break
  const client = connectSocket(readHostFile(layoutOf(workspace).hostFile)?.socket ?? '')
  return {
    client,
    async kill() {
      client.close()
      child.kill('SIGKILL')
      await exited
    },
  }
}

describe('what code, mail and people wrote', () => {
  test('stands nowhere on the disk: while runs go on, after a kill, in a backup, under another key', async () => {
    const { workspace, keyFile } = await encrypted()
    const seen = (): string[] => sightings(temporary, canaries)
    const apart = await hostApart(workspace)
    const { id: run } = await apart.client.api.runs.start({ workflow: letter, input: { words: given }, context: { of: word('context') } })
    await reached(apart.client, run, 'waiting')
    await apart.client.api.runs.checkpoint({ run, note: word('mark') })
    expect(await apart.client.api.runs.search({ query: word('output'), offset: 0, limit: 10 })).toMatchObject({ total: 1 })
    expect(await apart.client.api.runs.search({ query: word('query'), offset: 0, limit: 10 })).toMatchObject({ total: 0 })
    expect(seen()).toEqual([])
    await apart.kill()
    expect(seen()).toEqual([])

    const { client, host } = await hostOf(workspace)
    const [{ decision } = { decision: null }] = (await client.api.decisions.list({})).decisions
    await client.api.decisions.decide({ run, decision: decision?.id ?? '', action: 'approve', note: word('note'), edit: word('edit') })
    await reached(client, run, 'completed')
    await client.api.runs.restore({ run, checkpoint: 1, reason: word('reason') })
    await client.api.runs.nameBranch({ run, branch: 1, name: word('branch') })
    await reached(client, run, 'waiting')
    const { mail } = await client.api.mail.list({})
    expect(mail).toMatchObject([{ subject: word('subject') }])
    expect(await client.api.mail.get({ id: mail[0]?.id ?? '' })).toMatchObject({ text: expect.stringContaining(word('mail')) })
    for await (const item of await client.api.integrity.verify()) if (item.type === 'finished') expect(item.findings).toEqual([])
    expect(await client.api.host.info()).toMatchObject({ encryption: { fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/) } })
    expect(seen()).toEqual([])
    await host.close()
    expect(seen()).toEqual([])

    expect(await cairn(['backup', '-w', workspace])).toMatchObject({ exitCode: 0 })
    expect(await cairn(['rotate-key', '-w', workspace])).toMatchObject({ exitCode: 0, out: expect.stringContaining(keyFile) })
    expect(await cairn(['verify', '-w', workspace])).toMatchObject({ exitCode: 0 })
    expect(await cairn(['show', run, '-w', workspace])).toMatchObject({ exitCode: 0, out: expect.stringContaining(word('output')) })
    expect(seen()).toEqual([])
    const names = filesBelow(temporary).map((file) => file.slice(temporary.length))
    expect(names.filter((name) => /store\.db$|store-.*\.db$|\.eml$|host-.*\.log$/.test(name))).toHaveLength(4)
    expect(names.filter((name) => name.endsWith('index.db'))).toEqual([])
  })

  test('is seen where the store is not encrypted, and nowhere any more once it is', async () => {
    const workspace = await workspaceOf({ 'workflows/letter.ts': workflow })
    const { client, host } = await hostOf(workspace)
    const { id: run } = await client.api.runs.start({ workflow: letter, input: { words: given }, context: { of: word('context') } })
    await reached(client, run, 'waiting')
    const [{ decision } = { decision: null }] = (await client.api.decisions.list({})).decisions
    await client.api.decisions.decide({ run, decision: decision?.id ?? '', action: 'approve', note: word('note') })
    await reached(client, run, 'completed')
    await client.api.runs.search({ query: word('output'), offset: 0, limit: 10 })
    await host.close()
    const found = new Set(sightings(workspace, canaries).map((sighting) => sighting.split(',')[0]))
    expect([...found]).toEqual(expect.arrayContaining(['input', 'log', 'error', 'output', 'printed', 'mail', 'note']))
    expect(await cairn(['backup', '-w', workspace])).toMatchObject({ exitCode: 0 })

    await cairn(['make-key', join(workspace, 'key')])
    writeFileSync(join(workspace, 'cairn.config.yaml'), 'store:\n  encryption: true\n  key_file: key\n')
    const { index } = storePaths(workspace)
    const indexed = readFileSync(index)
    const done = await cairn(['encrypt', '-w', workspace])
    expect(done).toMatchObject({ exitCode: 0, out: expect.stringMatching(/not encrypted, and yours to remove: .*backups/) })
    expect(done.out).toMatch(/overwritten, and gone as it was: \S+\/store\.db\n(?:.*store\.db-wal\n)?.*\/index\.db\n.*\/host-\S+\.log\n2 files of caught mail were replaced/)
    rmSync(join(workspace, '.cairn', 'backups'), { recursive: true })
    expect(sightings(workspace, canaries)).toEqual([])
    expect(await cairn(['verify', '-w', workspace])).toMatchObject({ exitCode: 0 })
    expect(await cairn(['show', run, '-w', workspace])).toMatchObject({ exitCode: 0, out: expect.stringContaining(word('error')) })
    expect(await cairn(['mail', '-w', workspace])).toMatchObject({ exitCode: 0, out: expect.stringContaining(word('subject')) })
    // What one that was killed has left, the next removes, and says so.
    writeFileSync(index, indexed)
    expect(sightings(workspace, canaries)).not.toEqual([])
    const again = await cairn(['encrypt', '-w', workspace])
    expect(again).toMatchObject({ exitCode: 0, out: expect.stringContaining(`overwritten, and gone as it was: ${index}`) })
    expect(again.out).not.toContain(storePaths(workspace).store)
    expect(sightings(workspace, canaries)).toEqual([])
    // A backup, and bringing one back, that were killed before.
    const half = join(workspace, '.cairn', 'backups', 'early.db.new-aB3xYz', 'store.db')
    const incoming = `${storePaths(workspace).store}.incoming`
    mkdirSync(dirname(half), { recursive: true })
    for (const file of [half, incoming]) writeFileSync(file, indexed)
    const told = await cairn(['encrypt', '-w', workspace])
    expect(told.out).toContain(`not encrypted, and yours to remove: ${half}`)
    expect(told.out).toContain(`overwritten, and gone as it was: ${incoming}`)
    rmSync(half)
    expect(sightings(workspace, canaries)).toEqual([])
  })
})

describe('a key that does not fit', () => {
  /** A workspace whose store is encrypted, and what `cairn` says there. */
  async function used(): Promise<{ workspace: string; keyFile: string; at: (...args: string[]) => ReturnType<typeof cairn> }> {
    const { workspace, keyFile } = await encrypted()
    const at = (...args: string[]): ReturnType<typeof cairn> => cairn([...args, '-w', workspace])
    expect(await at('runs')).toMatchObject({ exitCode: 0 })
    return { workspace, keyFile, at }
  }

  test('is refused with its own exit code, and the way out: it is gone, another one, none, or for all to read', async () => {
    const { keyFile, at } = await used()
    renameSync(keyFile, `${keyFile}.away`)
    expect(await at('runs')).toMatchObject({ exitCode: 17, err: expect.stringContaining('is not there: bring it back') })
    await cairn(['make-key', keyFile])
    expect(await at('runs')).toMatchObject({ exitCode: 17, err: expect.stringContaining('and the one given has') })
    expect(await at('serve', '--port', '0')).toMatchObject({ exitCode: 17, err: expect.stringContaining('open another workspace') })
    expect(await at('serve', '--read-only')).toMatchObject({ exitCode: 17 })
    writeFileSync(keyFile, 'no key\n')
    expect(await at('runs')).toMatchObject({ exitCode: 17, err: expect.stringContaining('32 random bytes in base64') })
    renameSync(`${keyFile}.away`, keyFile)
    chmodSync(keyFile, 0o644)
    expect(await at('runs')).toMatchObject({ exitCode: 17, err: expect.stringContaining(`chmod 600 ${keyFile}`) })
    chmodSync(keyFile, 0o600)
    expect(await at('runs')).toMatchObject({ exitCode: 0 })
    expect(await cairn(['make-key', keyFile])).toMatchObject({ exitCode: 2, err: `${keyFile} is there, and no key is written over: name another file` })
  })

  test('is refused where the store is not encrypted, and asked for where it is to be', async () => {
    const workspace = await workspaceOf({ 'workflows/letter.ts': workflow })
    const at = (...args: string[]): ReturnType<typeof cairn> => cairn([...args, '-w', workspace])
    const config = (text: string): void => writeFileSync(join(workspace, 'cairn.config.yaml'), text)
    config('store:\n  encryption: true\n')
    expect(await at('runs')).toMatchObject({ exitCode: 17, err: expect.stringContaining('cairn make-key FILE') })
    config('')
    const { host } = await hostOf(workspace)
    await host.close()
    await cairn(['make-key', join(workspace, 'key')])
    config('store:\n  key_file: key\n')
    expect(await at('runs')).toMatchObject({ exitCode: 18, err: expect.stringContaining('is not encrypted, and a key was given') })
  })

  test('is refused for a backup that was made with the key of before, which is found where it is kept', async () => {
    const { workspace, keyFile, at } = await used()
    const backup = join(workspace, 'backup.db')
    expect(await at('backup', backup)).toMatchObject({ exitCode: 0 })
    const { out } = await at('rotate-key', '--json')
    const { kept } = z.object({ kept: z.string() }).parse(JSON.parse(out))
    renameSync(kept, `${kept}.away`)
    expect(await at('restore-backup', backup)).toMatchObject({ exitCode: 17, err: expect.stringContaining('and the one given has') })
    expect(await at('verify')).toMatchObject({ exitCode: 0 })
    renameSync(`${kept}.away`, kept)
    expect(await at('restore-backup', backup)).toMatchObject({ exitCode: 0 })
    expect(await at('verify')).toMatchObject({ exitCode: 0 })
    // The key that the store has again is replaced like any other, and none of the three is lost.
    const later = join(workspace, 'later.db')
    expect(await at('backup', later)).toMatchObject({ exitCode: 0 })
    expect(await at('rotate-key')).toMatchObject({ exitCode: 0 })
    expect(await at('verify')).toMatchObject({ exitCode: 0 })
    expect(readdirSync(dirname(keyFile))).toHaveLength(3)
    expect(await at('restore-backup', later)).toMatchObject({ exitCode: 0 })
    const other = join(workspace, 'other')
    expect(await cairn(['make-key', other])).toMatchObject({ exitCode: 0 })
    const rotated = await at('rotate-key', '--to', other)
    expect(rotated).toMatchObject({ exitCode: 0, out: expect.stringContaining(`nothing opens the store until ${other} is named: name its file in store.key_file`) })
    expect(await at('verify')).toMatchObject({ exitCode: 17 })
    writeFileSync(join(workspace, 'cairn.config.yaml'), `store:\n  encryption: true\n  key_file: ${other}\n`)
    expect(await at('verify')).toMatchObject({ exitCode: 0 })
    const again = await at('rotate-key', '--to', other)
    expect(again.out).not.toContain('nothing opens the store')
  })
})

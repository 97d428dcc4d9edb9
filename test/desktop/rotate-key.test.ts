/** A key that is in the keychain is replaced while runs wait, and whoever is killed over it leaves a store that opens. */
import { existsSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { nextOf } from '../../src/host/workspace/key-place.ts'
import { layoutOf } from '../../src/host/workspace/layout.ts'
import { type RunId, WorkflowName } from '../../src/model/ids.ts'
import { keyringIn } from '../../src/store/crypt/peek.ts'
import { Owner } from '../../src/store/owner.ts'
import { storePaths } from '../../src/store/paths.ts'
import { expectAccessible } from '../e2e/accessible.ts'
import { asked, ended } from '../integration/moments.ts'
import { cairn, starterWorkspace } from '../integration/workspaces.ts'
import { type Desktop, openDesktop } from './desktop.ts'
import { hasKeychain } from './keychain.ts'
import { onElectron } from './runtime.ts'

async function encryptedWorkspace(): Promise<string> {
  const workspace = await starterWorkspace()
  writeFileSync(layoutOf(workspace).config, 'store:\n  encryption: true\n')
  return workspace
}

const fingerprintIn = (workspace: string): string => keyringIn(storePaths(workspace).store)?.fingerprint ?? ''

const keysIn = (workspace: string): string[] =>
  readdirSync(layoutOf(workspace).private)
    .filter((name) => name.startsWith('key.'))
    .toSorted()

async function waitingRun({ client }: Desktop): Promise<RunId> {
  const here = await client()
  const { id } = await here.api.runs.start({ workflow: WorkflowName.parse('greeting'), input: { name: 'Ada', address: 'ada@example.com' } })
  await asked(here, id)
  return id
}

const questionOf = (page: Page): Locator => page.getByRole('dialog', { name: 'Give the store another key' })

async function rotate({ page }: Desktop): Promise<void> {
  await page.getByRole('link', { name: 'Integrity' }).first().click()
  await page.getByRole('button', { name: 'Give it another key' }).click()
  const question = questionOf(page)
  await question.getByText('The host stops for a moment').waitFor()
  await expectAccessible(page)
  await question.getByRole('button', { name: 'Give it another' }).click()
}

/** Resolves once the next key lay beside the one before, and that was done. */
function onceNextIsMade(workspace: string, act: () => void): Promise<void> {
  const { private: folder, keychain } = layoutOf(workspace)
  return new Promise((resolve) => {
    const watcher = watch(folder, (_event, name) => {
      if (name !== basename(nextOf({ file: keychain }))) return
      watcher.close()
      act()
      resolve()
    })
  })
}

function ownerOf(workspace: string): number {
  return Owner.parse(JSON.parse(readFileSync(storePaths(workspace).owner, 'utf8'))).pid
}

/** Approved, it ends as it would have. */
async function goesOn({ client }: Desktop, run: RunId): Promise<void> {
  const here = await client()
  const { decision } = await asked(here, run)
  await here.api.decisions.decide({ run, decision: decision.id, action: 'approve' })
  expect((await ended(here, run)).record.status).toBe('completed')
}

onElectron('a key in the keychain', () => {
  test('is replaced on the desktop: a run that waited goes on, the next start opens it, and the key of before does not', { timeout: 240_000 }, async ({ skip }) => {
    const workspace = await encryptedWorkspace()
    const desktop = await openDesktop(workspace)
    if (!(await hasKeychain(desktop.app))) return skip('this system has no keychain that is open')
    const { page, host, app } = desktop
    const run = await waitingRun(desktop)
    for (const [command, what] of [[['rotate-key'], 'give it another'], [['backup'], 'back it up'], [['restore-backup', storePaths(workspace).store], 'bring it back']] as const) {
      const said = expect.stringContaining(`${what} there, on the screen Integrity`)
      expect(await cairn([...command, '-w', workspace])).toMatchObject({ exitCode: 17, err: said })
    }
    await page.getByRole('link', { name: 'Integrity' }).first().click()
    await page.getByRole('button', { name: 'Back up now' }).click()
    await page.getByRole('button', { name: 'Bring back' }).waitFor()
    const [before, { pid }] = [fingerprintIn(workspace), await host()]

    await rotate(desktop)
    await host((other) => other.pid !== pid)
    await questionOf(page).waitFor({ state: 'detached' })
    const after = fingerprintIn(workspace)
    expect(after).not.toBe(before)
    await page.getByText(after).waitFor()
    await goesOn(desktop, run)
    await app.close()
    expect(keysIn(workspace)).toEqual(['key.keychain', `key.keychain.${before}`])

    const again = await openDesktop(workspace)
    expect((await (await again.client()).api.host.info()).encryption).toMatchObject({ fingerprint: after, source: 'keychain' })
    // The backup was made with the key of before, which is found, and is the store's again.
    await again.page.getByRole('link', { name: 'Integrity' }).first().click()
    await again.page.getByRole('button', { name: 'Bring back' }).click()
    const question = again.page.getByRole('dialog', { name: 'Bring back the backup' })
    await question.getByText('those that were under way go on from there').waitFor()
    await question.getByText('is the key of the store again').waitFor()
    await expectAccessible(again.page)
    await question.getByRole('button', { name: 'Bring it back' }).click()
    await again.page.getByText(before).waitFor()
    expect((await (await again.client()).api.runs.get({ run })).record.status).toBe('waiting')
    await rotate(again)
    await questionOf(again.page).waitFor({ state: 'detached' })
    const last = fingerprintIn(workspace)
    expect([before, after]).not.toContain(last)
    await again.app.close()
    expect(keysIn(workspace)).toEqual(['', `.${before}`, `.${after}`].map((end) => `key.keychain${end}`).toSorted())
    rmSync(layoutOf(workspace).keychain)
    const without = await openDesktop(workspace)
    await expect.poll(() => without.page.getByRole('alert').innerText()).toContain('is not there')
  })
  // Wherever it is by then: which point leads where, the tests of rotations that are killed say.
  test('is replaced all the same where the host is killed over it', { timeout: 240_000 }, async ({ skip }) => {
    const workspace = await encryptedWorkspace()
    const desktop = await openDesktop(workspace)
    if (!(await hasKeychain(desktop.app))) return skip('this system has no keychain that is open')
    const run = await waitingRun(desktop)
    const before = fingerprintIn(workspace)
    const killed = onceNextIsMade(workspace, () => process.kill(ownerOf(workspace), 'SIGKILL'))
    await rotate(desktop)
    await killed
    await questionOf(desktop.page).waitFor({ state: 'detached' })
    expect(fingerprintIn(workspace)).not.toBe(before)
    await goesOn(desktop, run)
  })

  test('opens its store where the program is killed over replacing it', { timeout: 240_000 }, async ({ skip }) => {
    const workspace = await encryptedWorkspace()
    const desktop = await openDesktop(workspace)
    if (!(await hasKeychain(desktop.app))) return skip('this system has no keychain that is open')
    const run = await waitingRun(desktop)
    const killed = onceNextIsMade(workspace, () => desktop.app.process().kill('SIGKILL'))
    await rotate(desktop).catch(() => undefined)
    await killed
    await goesOn(await openDesktop(workspace), run)
    expect(existsSync(nextOf({ file: layoutOf(workspace).keychain }))).toBe(false)
  })
})

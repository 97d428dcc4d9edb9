import { readFile, readdir, rename, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder, startCatcher } from './catcher.fixture.ts'

const mail = { from: 'jo@example.com', to: 'ana@example.org', subject: 'Hello', text: 'One line.' }
const stray = '01ARZ3NDEKTSV4RRFFQ69G5FAV'

/** A folder with one message, its catcher closed. */
async function folderWithOne(): Promise<{ folder: string; id: string }> {
  const folder = await newFolder()
  const { catcher, transport } = await startCatcher(folder)
  await transport.sendMail(mail)
  await catcher.close()
  return { folder, id: catcher.list()[0]?.id ?? '' }
}

/** What is said on opening a folder whose only message must not be listed. */
async function troubleOnReopening(folder: string): Promise<string> {
  const { catcher, troubles } = await startCatcher(folder)
  expect(catcher.list()).toEqual([])
  expect(troubles).toHaveLength(1)
  return troubles.join('')
}

test('what was kept is there after a restart', async () => {
  const { folder, id } = await folderWithOne()
  const { catcher, troubles } = await startCatcher(folder)
  expect(catcher.list()).toMatchObject([{ id, subject: 'Hello' }])
  expect((await catcher.get(id))?.text?.trim()).toBe('One line.')
  expect(troubles).toEqual([])
})

test('what a kill left unfinished is removed, what others put there is not', async () => {
  const { folder, id } = await folderWithOne()
  for (const name of [`${stray}.eml`, `${stray}.json.part`]) await writeFile(join(folder, name), 'half')
  for (const name of ['notes.txt', 'x.eml', `${stray}.eml.bak`]) await writeFile(join(folder, name), 'mine')
  const { troubles } = await startCatcher(folder)
  expect((await readdir(folder)).toSorted()).toEqual(
    [`${id}.eml`, `${id}.json`, 'notes.txt', 'x.eml', `${stray}.eml.bak`].toSorted(),
  )
  expect(troubles).toEqual([])
})

test('a record that says it is another message is not believed', async () => {
  const { folder, id } = await folderWithOne()
  await rename(join(folder, `${id}.json`), join(folder, `${stray}.json`))
  await rename(join(folder, `${id}.eml`), join(folder, `${stray}.eml`))
  expect(await troubleOnReopening(folder)).toContain(`it says that it is ${id}`)
})

test('a record that is no record is told of and left', async () => {
  const { folder, id } = await folderWithOne()
  await writeFile(join(folder, `${id}.json`), '{"id":"../../etc/passwd"}')
  expect(await troubleOnReopening(folder)).toContain(`mail record ${id}.json cannot be used`)
  expect(await readdir(folder)).toHaveLength(2)
})

test('a message cut short is not listed', async () => {
  const { folder, id } = await folderWithOne()
  await truncate(join(folder, `${id}.eml`), 10)
  expect(await troubleOnReopening(folder)).toContain('octets that was received')
})

test('a link in place of a message is not followed', async () => {
  const { folder, id } = await folderWithOne()
  await rename(join(folder, `${id}.eml`), join(folder, 'elsewhere'))
  await symlink(join(folder, 'elsewhere'), join(folder, `${id}.eml`))
  expect(await troubleOnReopening(folder)).toContain('octets that was received')
})

test('a changed octet is found when the message is read', async () => {
  const { folder, id } = await folderWithOne()
  const { catcher } = await startCatcher(folder)
  const path = join(folder, `${id}.eml`)
  const bytes = await readFile(path)
  bytes[3] = (bytes[3] ?? 0) ^ 1
  await writeFile(path, bytes)
  await expect(catcher.get(id)).rejects.toMatchObject({ name: 'MailDamaged', file: path })
})

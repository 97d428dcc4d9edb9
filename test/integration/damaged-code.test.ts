/** Damage of the code that runs pin: which runs cannot go on for it, and how they do. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunId } from '../../src/model/ids.ts'
import { damage, reached, waiting, waitingRun } from './waiting-run.ts'
import { cairn, hostOf, workspaceOf } from './workspaces.ts'

const config = `store:
  validation_interval: 1s
`

describe('damage of the code that runs pin', () => {
  const second = waiting.replace('version: 1', 'version: 2').trimEnd().concat(`\n    .migrate(1, (state) => state)\n`)

  /** Two runs wait, and one has ended; then their code is damaged, and another is on disk. */
  async function damagedCode(): Promise<{ workspace: string; runs: [RunId, RunId]; ended: RunId; hash: string }> {
    const workspace = await workspaceOf({ 'workflows/letter.ts': waiting, 'cairn.config.yaml': config })
    const { client, host } = await hostOf(workspace)
    const runs: [RunId, RunId] = [await waitingRun(client), await waitingRun(client)]
    const ended = await waitingRun(client)
    await client.api.runs.cancel({ run: ended, reason: null })
    await reached(client, ended, 'cancelled')
    const { revision } = (await client.api.runs.get({ run: ended })).record
    await host.close()
    damage(workspace, `UPDATE revision SET bundle = CAST(bundle || x'20' AS BLOB)`)
    writeFileSync(join(workspace, 'workflows/letter.ts'), second)
    return { workspace, runs, ended, hash: revision }
  }

  test('is told of each run that cannot go on without it, sets them aside, and they go on once it is mended, or with other code', { timeout: 120_000 }, async () => {
    const { workspace, runs: [one, other], ended, hash } = await damagedCode()
    const { client } = await hostOf(workspace)
    const found = (run: RunId) => ({ object: 'revision', key: hash, run, nearest: expect.any(Number), detail: 'its bundle is not what was stored' })
    for (const run of [one, other]) await reached(client, run, 'quarantined')
    expect((await client.api.integrity.get()).findings).toEqual([found(one), found(other)])
    const { items } = await client.api.attention.list({})
    expect(items.filter(({ kind }) => kind === 'damage')).toMatchObject([{ finding: { run: one } }, { finding: { run: other } }])

    const verified = await cairn(['verify', '-w', workspace])
    expect(verified.out).toMatch(new RegExp(`^revision +${hash} +${one} +checkpoint \\d+ `, 'm'))
    expect(verified.out).not.toContain(ended)
    const [way] = new RegExp(`cairn restore ${one} \\d+ --present`).exec(verified.err) ?? []
    expect((await cairn(['show', one, '-w', workspace])).out).toContain('its bundle is not what was stored')
    expect(await cairn(['errors', one, '-w', workspace])).toMatchObject({ exitCode: 0, out: expect.stringContaining('its bundle is not what was stored') })
    expect(await client.api.errorRecords.groups({})).toMatchObject({ total: { errors: 2 } })

    expect(await cairn([...(way ?? expect.fail(verified.err)).split(' ').slice(1), '-w', workspace])).toMatchObject({ exitCode: 0 })
    await reached(client, one, 'waiting')
    expect((await cairn(['verify', '-w', workspace])).out).not.toContain(one)
    expect(await cairn(['decide', one, 'approve', '-w', workspace])).toMatchObject({ exitCode: 0 })
    await reached(client, one, 'completed')

    damage(workspace, `UPDATE revision SET bundle = substr(bundle, 1, length(bundle) - 1) WHERE hash = '${hash}'`)
    await reached(client, other, 'waiting')
    expect(await cairn(['decide', other, 'approve', '-w', workspace])).toMatchObject({ exitCode: 0 })
    await reached(client, other, 'completed')
    expect(await client.api.integrity.get()).toMatchObject({ findings: [] })
  })

  test('sets each run aside that cannot go on without it, also those that are not named, and to cancel some mends nothing', { timeout: 120_000 }, async () => {
    const workspace = await workspaceOf({ 'workflows/letter.ts': waiting, 'cairn.config.yaml': config })
    const before = await hostOf(workspace)
    const runs: RunId[] = []
    for (let count = 0; count < 23; count += 1) runs.push(await waitingRun(before.client))
    await before.host.close()
    damage(workspace, `UPDATE revision SET bundle = CAST(bundle || x'20' AS BLOB)`)
    const { client } = await hostOf(workspace)
    for (const run of runs) await reached(client, run, 'quarantined')
    const named = async (): Promise<RunId[]> => {
      const { findings } = await client.api.integrity.get()
      return runs.filter((id) => findings.some(({ run }) => run === id))
    }
    expect(await named()).toEqual(runs.slice(0, 20))
    expect((await cairn(['errors', runs[22] ?? '', '-w', workspace])).out).toContain('its bundle is not what was stored')

    for (const run of runs.slice(0, 3)) await client.api.runs.cancel({ run, reason: null })
    await expect.poll(named, { timeout: 20_000 }).toEqual(runs.slice(3))
    damage(workspace, 'UPDATE revision SET bundle = substr(bundle, 1, length(bundle) - 1)')
    for (const run of runs.slice(3)) await reached(client, run, 'waiting')
    const told: string[] = []
    for await (const item of client.watchJournal({ after: 1 })) {
      if (item.type !== 'entry' || item.entry.run !== null) continue
      for (const { type } of item.entry.events) if (type === 'damage_found' || type === 'damage_mended') told.push(type)
      if (told.includes('damage_mended')) break
    }
    expect(told.indexOf('damage_mended'), 'none of it before the code was mended, and each found once').toBe(20)
  })
})

/** Leaves a store in the workspace that is given, encrypted where a key is given too, with runs of all the lives that the version which runs this can give them. */
import type { StoreOptions } from '../../../src/store/open-store.ts'
import { laterRevision, person } from './life.ts'
import { LifeHost } from './life-host.ts'

const [workspace = '', key] = process.argv.slice(2)
const host = await LifeHost.open(workspace, 0, await sealedWith(key))
const { engine } = host
const acting = { seen: null, reason: 'to see what becomes of it', actor: person }

const ended = await host.begin('ends')
await host.answer(ended, 'revise')
await host.answer(ended, 'approve')
await host.begin('fails')
await host.begin('rests')
await engine.cancel({ run: await host.begin('rests'), ...acting })
await engine.pause({ run: await host.begin('rests'), ...acting })

if ('restore' in engine) {
  const run = await host.begin('ends')
  await host.answer(run, 'approve')
  const back = { run, definition: 'pinned', revision: null, ...acting } as const
  await engine.restore({ ...back, checkpoint: 2 })
  await host.rested(run)
  await engine.restore({ ...back, checkpoint: 4 })
  await host.rested(run)
  await engine.restore({ ...back, run: await host.begin('rests'), checkpoint: 1 })
  await engine.checkpoint?.({ run, ...acting })
  await engine.nameBranch?.({ run, branch: 1, name: 'second thoughts', actor: person })
}
if ('replay' in engine) {
  const { id } = await engine.replay({ run: ended, checkpoint: 3, definition: 'pinned', revision: null, edits: {}, ...acting })
  await host.rested(id)
}
if ('restore' in engine) {
  const run = await host.begin('rests')
  await host.store.storage.saveRevision(laterRevision)
  engine.publish(laterRevision)
  // Versions that know no other definition than the pinned one take that.
  await engine.restore({ run, checkpoint: 1, definition: 'present', revision: null, ...acting })
  await host.rested(run)
}
if (host.troubles.length > 0) throw new Error(host.troubles.join('\n'))
await host.close()

/** Versions of before know no keys. */
async function sealedWith(hex: string | undefined): Promise<Partial<StoreOptions>> {
  if (hex === undefined) return {}
  const { workspaceKey } = await import('../../../src/store/crypt/workspace-key.ts')
  return { key: workspaceKey(Buffer.from(hex, 'hex')) }
}

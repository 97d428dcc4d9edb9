import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { type TrustStore, trustStore } from '../../effects/loader/trust.ts'
import { Example, settingsFolder, shippedExample } from './places.ts'

/** What this user trusts. The shipped examples are part of the program, which they run already. */
export function userTrust(): TrustStore {
  const kept = trustStore(join(settingsFolder(), 'trusted.json'))
  return {
    trust: kept.trust,
    isTrusted: async (folder) => (await isShipped(folder)) || kept.isTrusted(folder),
  }
}

async function isShipped(folder: string): Promise<boolean> {
  const [here, ...shipped] = await Promise.all([folder, ...Example.options.map(shippedExample)].map((path) => realpath(path).catch(() => undefined)))
  return here !== undefined && shipped.includes(here)
}

/** Work on a workspace's store while no host runs. */
import { own, assertWorkspace, startTrouble } from './own.ts'
import { readConfig } from './config/config.ts'
import type { Store } from './config/sections.ts'
import { type KeySources, settleKey } from './workspace/key.ts'
import { type Layout, layoutOf } from './workspace/layout.ts'

export interface Alone {
  readonly layout: Layout
  readonly config: Store
}

/** Owns the workspace as long as the work takes, with its key settled. @throws StartRefused where another process owns it */
export async function alone<T>(workspace: string, work: (own: Alone) => Promise<T>, keys?: KeySources): Promise<T> {
  const layout = layoutOf(workspace)
  assertWorkspace(layout)
  const config = readConfig(layout.config).store
  const release = await startTrouble(layout, async () => own(layout))
  try {
    await settleKey(layout, config, keys)
    return await work({ layout, config })
  } finally {
    release()
  }
}

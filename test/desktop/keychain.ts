import type { ElectronApplication } from 'playwright-core'
import type { Safe } from '../../src/main/keychain.ts'

/** Whether the system has a keychain that is open, as the desktop itself finds. */
export function hasKeychain(app: ElectronApplication): Promise<boolean> {
  return app.evaluate(
    ({ safeStorage: safe }: { safeStorage: Safe }) => safe.isEncryptionAvailable() && safe.getSelectedStorageBackend?.() !== 'basic_text',
  )
}

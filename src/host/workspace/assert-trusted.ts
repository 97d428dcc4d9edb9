import { StartRefused } from '../start-refused.ts'
import { userTrust } from './trust.ts'

/**
 * Asks where the user has not said before that the folder's code may run. True where they have only now.
 * @throws StartRefused where nobody says so
 */
export async function assertTrusted(folder: string, trusts: (folder: string) => Promise<boolean>): Promise<boolean> {
  const trust = userTrust()
  if (await trust.isTrusted(folder)) return false
  if (!(await trusts(folder))) {
    throw new StartRefused(
      'untrusted',
      `${folder} holds programs that would run with your rights, and nobody has said that they may: ` +
        'look at its workflows, then start once with --trust',
    )
  }
  await trust.trust(folder)
  return true
}

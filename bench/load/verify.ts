import type { Client } from '../../src/client/client.ts'

/** What is not as it was written, once the whole store has been walked through. */
export async function damages({ api }: Client): Promise<readonly string[]> {
  for await (const item of await api.integrity.verify()) {
    if (item.type === 'finished') return item.findings.map(({ object, key, detail }) => `${object} ${key}: ${detail}`)
  }
  throw new Error('the verification did not come to an end')
}

import type { Client } from '../../src/client/client.ts'
import type { Instant } from '../../src/model/ids.ts'
import type { Alarm } from './report.ts'

/** What is on record as having gone wrong since then. */
export async function alarms({ api }: Client, since: Instant): Promise<readonly Alarm[]> {
  const { groups } = await api.errorRecords.groups({ since, limit: 200 })
  return groups.map(({ count, workflow, step, newest: { error } }) => ({ count, says: `${step ?? 'the run'} of ${workflow}: ${error.failure.class}, ${error.failure.message}` }))
}

/** What is not as it was written, once the whole store has been walked through. */
export async function damages({ api }: Client): Promise<readonly string[]> {
  for await (const item of await api.integrity.verify()) {
    if (item.type === 'finished') return item.findings.map(({ object, key, detail }) => `${object} ${key}: ${detail}`)
  }
  throw new Error('the verification did not come to an end')
}

/** Stored values of a run over a real host: read whole, or told the size of. */
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { hostOf, starterWorkspace } from './workspaces.ts'

test('a value larger than somebody wants is only told the size of', async () => {
  const { client } = await hostOf(await starterWorkspace())
  const input = { name: 'Åda', address: 'ada@example.com' }
  const { id: run, input: address } = await client.api.runs.start({ workflow: WorkflowName.parse('greeting'), input })
  const size = Buffer.byteLength(JSON.stringify(input))
  expect(await client.api.runs.value({ run, address })).toEqual({ value: input, size, left: false })
  expect(await client.api.runs.value({ run, address, upTo: size })).toEqual({ value: input, size, left: false })
  expect(await client.api.runs.value({ run, address, upTo: size - 1 })).toEqual({ value: null, size, left: true })
})

/** Stored values of a run over a real host: read whole, or told the size of. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WorkflowName } from '../../src/model/ids.ts'
import { Json } from '../../src/model/json.ts'
import { lostName } from '../../src/model/lost-name.ts'
import { hostOf, starterWorkspace, workspaceOf } from './workspaces.ts'

const sendable = fc
  .jsonValue({ stringUnit: 'grapheme' })
  .map((value): unknown => JSON.parse(JSON.stringify(value)))
  .filter((value) => lostName(value) === undefined)
  .map((value) => Json.parse(value))

const any = `import { workflow, z } from 'cairn'
export default workflow('any', { version: 1, input: z.json() }).wait('still', { for: '1h' })
`

test('law: the size told is that of the value as JSON', async () => {
  const { client } = await hostOf(await workspaceOf({ 'workflows/any.ts': any }))
  await fc.assert(
    fc.asyncProperty(sendable, async (input) => {
      const { id: run, input: address } = await client.api.runs.start({ workflow: WorkflowName.parse('any'), input })
      expect(await client.api.runs.value({ run, address, upTo: 0 })).toEqual({
        value: null,
        size: Buffer.byteLength(JSON.stringify(input)),
        left: true,
      })
    }),
    { numRuns: 20 },
  )
})

test('a value larger than somebody wants is only told the size of', async () => {
  const { client } = await hostOf(await starterWorkspace())
  const input = { name: 'Åda', address: 'ada@example.com' }
  const { id: run, input: address } = await client.api.runs.start({ workflow: WorkflowName.parse('greeting'), input })
  const size = Buffer.byteLength(JSON.stringify(input))
  expect(await client.api.runs.value({ run, address })).toEqual({ value: input, size, left: false })
  expect(await client.api.runs.value({ run, address, upTo: size })).toEqual({ value: input, size, left: false })
  expect(await client.api.runs.value({ run, address, upTo: size - 1 })).toEqual({ value: null, size, left: true })
})

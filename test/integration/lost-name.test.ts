/** A property called __proto__, which most code that copies objects drops in silence, at every border of a host. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asJson, NotJson } from '../../src/effects/executor/child/json.ts'
import { Json, readJson } from '../../src/model/json.ts'
import { WorkflowName } from '../../src/model/ids.ts'
import { lostName } from '../../src/model/lost-name.ts'
import { asked, ended } from './moments.ts'
import { hostOf, workspaceOf } from './workspaces.ts'

const lost = '"__proto__":{"x":1}'
/** JSON as text: objects are written by hand, so that any of them may have the name as a property of its own. */
const { text } = fc.letrec<{ text: string }>((tie) => ({
  text: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.jsonValue({ maxDepth: 0 }).map((value) => JSON.stringify(value)),
    fc.array(tie('text'), { maxLength: 4 }).map((items) => `[${items.join()}]`),
    fc.tuple(fc.dictionary(fc.string().filter((key) => key !== '__proto__'), tie('text'), { maxKeys: 4 }), fc.integer({ min: 0, max: 7 })).map(
      ([entries, dice]) => {
        const written = Object.entries(entries).map(([key, item]) => `${JSON.stringify(key)}:${item}`)
        return `{${(dice === 0 ? [...written, lost] : written).join()}}`
      },
    ),
  ),
}))

const refusal = (act: () => unknown): unknown => {
  try {
    act()
  } catch (error) {
    return error
  }
  return undefined
}

test('law: a value passes each border as it was, or is refused for the path at which it would lose something', () => {
  fc.assert(
    fc.property(text, (written) => {
      const value: unknown = JSON.parse(written)
      const path = lostName(value)
      expect(path !== undefined).toBe(written.includes(lost))
      const parsed = Json.safeParse(value)
      if (path === undefined) {
        for (const passed of [parsed.data, readJson(written), asJson(value, 'output')]) {
          expect(JSON.stringify(passed)).toBe(JSON.stringify(value))
        }
        return
      }
      expect(parsed.error?.issues).toMatchObject([{ path, message: expect.stringContaining('another name') }])
      expect(refusal(() => readJson(written))).toMatchObject({ message: expect.stringContaining(path.join('.')) })
      expect(refusal(() => asJson(value, 'output'))).toMatchObject({ path: expect.stringMatching(/^output\..*__proto__$/) })
      expect(refusal(() => asJson(value, 'output'))).toBeInstanceOf(NotJson)
    }),
  )
})

test('a value that contains itself is looked through once', () => {
  const value: Record<string, unknown> = { list: [] }
  value['again'] = [value]
  expect(lostName(value)).toBeUndefined()
  Object.defineProperty(value, '__proto__', { value: 1, enumerable: true })
  expect(lostName([value])).toEqual(['0', '__proto__'])
})

const workflows = {
  'workflows/loose.ts': `import { workflow, z } from 'cairn'
export default workflow('loose', { version: 1, input: z.looseObject({}) }).step('one', () => 1)
`,
  'workflows/bare.ts': `import { workflow, z } from 'cairn'
export default workflow('bare', { version: 1, input: z.object({}) })
  .step('one', () => JSON.parse('{"list":[{"__proto__":{"x":1}}]}'))
`,
  'workflows/checked.ts': `import { workflow, z } from 'cairn'
export default workflow('checked', { version: 1, input: z.object({}) })
  .step('one', { output: z.record(z.string(), z.unknown()) }, () => JSON.parse('{"a":{"__proto__":1}}'))
`,
  'workflows/edited.ts': `import { workflow, z } from 'cairn'
export default workflow('edited', { version: 1, input: z.object({}) })
  .step('draft', () => ({ body: { words: 'Hello' } }))
  .approval('approve', { needs: ['draft'], edits: 'draft.body', actions: { primary: 'approve' } })
`,
}

test('input, context and edits are refused over both transports, and what a step answers fails it', async () => {
  const { host, client } = await hostOf(await workspaceOf(workflows), { port: 0 })
  const start = (workflow: string, input: Json = {}) => client.api.runs.start({ workflow: WorkflowName.parse(workflow), input })
  const post = (path: string, body: string) => {
    const headers = { authorization: `Bearer ${readFileSync(host.tokenFile, 'utf8').trim()}`, 'content-type': 'application/json' }
    return fetch(`${host.url}/api/v1${path}`, { method: 'POST', headers, body })
  }

  for (const part of ['input', 'context']) {
    const answer = await post('/runs', `{"workflow":"loose","input":{},"${part}":{"a":[{${lost}}]}}`)
    expect(answer.status).toBe(400)
    const issues = [{ path: [part, 'a', '0', '__proto__'], message: expect.stringContaining('another name') }]
    expect(await answer.json()).toMatchObject({ data: { issues } })
  }
  const written: unknown = JSON.parse(`{"a":{${lost}}}`)
  const given = start('loose', Object(written))
  await expect(given).rejects.toMatchObject({ code: 'REFUSED', data: { failures: [{ path: 'input.a.__proto__' }] } })

  const bare = await ended(client, (await start('bare')).id)
  expect(bare.record.failure).toMatchObject({ path: 'output.list.0.__proto__', message: expect.stringContaining('another name') })
  const checked = await ended(client, (await start('checked')).id)
  expect(checked.record.failure).toMatchObject({ path: 'output.a.__proto__', wayOut: expect.stringContaining('another name') })

  const { id: run } = await start('edited')
  const { decision } = await asked(client, run)
  const edit = await post(`/runs/${run}/decisions/${decision.id}`, `{"action":"approve","seen":null,"edit":{${lost}}}`)
  expect(edit.status).toBe(400)
  expect(await edit.json()).toMatchObject({ data: { issues: [{ path: ['edit', '__proto__'] }] } })
})

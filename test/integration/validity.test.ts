/**
 * A state that does not fit the workflow's schemas never becomes a checkpoint, by whichever way it would come: what is
 * refused names the path, and leaves the run as it was.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Client } from '../../src/client/client.ts'
import type { WorkflowEntry } from '../../src/contract/workflows.ts'
import { type RunId, StepId, WorkflowName } from '../../src/model/ids.ts'
import type { Json } from '../../src/model/json.ts'
import { asked, ended } from './moments.ts'
import { hostOf, workspaceOf } from './workspaces.ts'

const order = WorkflowName.parse('order')
const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)
const samples = { numRuns: Math.ceil(60 * scale), endOnFailure: true }

/** As the workflow has it: what is written there is what a value is held against here. */
const lines = `z.strictObject({ kind: z.enum(['a', 'b']), cents: z.array(z.int().min(0)), note: z.string().min(2).optional() })`
const Lines = z.strictObject({ kind: z.enum(['a', 'b']), cents: z.array(z.int().min(0)), note: z.string().min(2).optional() })

const first = `
import { workflow, z } from 'cairn'
const Lines = ${lines}
export default workflow('order', { version: 1, input: z.object({ lines: Lines, next: z.any(), answer: z.any() }) })
  .step('take', { output: z.object({ lines: Lines }), retry: { attempts: 1 } }, ({ input }) => input.answer ?? { lines: input.lines })
  .approval('approve', { needs: ['take'], edits: 'take.lines', actions: { primary: 'approve' } })
`
const second = `
import { workflow, z } from 'cairn'
const Lines = ${lines}
export default workflow('order', { version: 2, input: z.object({ next: z.any() }), context: z.object({ lines: Lines }) })
  .step('take', { output: z.object({ lines: Lines }) }, () => ({ lines: { kind: 'a' as const, cents: [] } }))
  .approval('approve', { needs: ['take'], actions: { primary: 'approve' } })
  .migrate(1, (state) => ({ ...state, context: { lines: state.input.next }, outputs: { ...state.outputs, take: { lines: state.input.next } } }))
`

const good = { kind: 'a', cents: [1] }

/** Values that nearly fit, in whichever part, and some that do. */
const almost: fc.Arbitrary<Json> = fc
  .record(
    {
      kind: fc.constantFrom<Json>('a', 'b', 'c', 1, null),
      cents: fc.oneof(fc.array(fc.constantFrom<Json>(0, 1, 250, -1, 0.5, '1', null), { maxLength: 3 }), fc.constant<Json>({})),
      note: fc.constantFrom<Json>('ok', 'x', '', 5),
      more: fc.constant<Json>(true),
    },
    { requiredKeys: [] },
  )
  .map((value): Json => value)
  .chain((value) => fc.constantFrom<Json>(value, value, value, { ...good }, [value], 'text', null))

const Refusal = z.object({ code: z.literal('REFUSED'), data: z.object({ failures: z.array(z.object({ path: z.string() })).min(1) }) })

/** What was refused, by path; null where it was not. */
async function refusedAt(doing: Promise<unknown>): Promise<readonly string[] | null> {
  const [outcome] = await Promise.allSettled([doing])
  return outcome.status === 'fulfilled' ? null : Refusal.parse(outcome.reason).data.failures.map(({ path }) => path)
}

/** Where the schema is violated, as the failures of a value at `root` name it. */
function placesOf(value: Json, root: string): readonly string[] | null {
  const parsed = Lines.safeParse(value)
  return parsed.success ? null : parsed.error.issues.map(({ path }) => [root, ...path.map(String)].join('.'))
}

/** Every value that any checkpoint of the run has, held against the schema. */
async function expectWhole({ api }: Client, run: RunId): Promise<number> {
  const { checkpoints } = await api.runs.checkpoints({ run })
  for (const { number } of checkpoints) {
    const { input, context, outputs } = await api.runs.state({ run, checkpoint: number })
    const taken = outputs[StepId.parse('take')] ?? []
    for (const { output } of taken) z.object({ lines: Lines }).parse(output)
    z.union([z.object({ lines: Lines }), z.looseObject({})]).parse(input)
    if (z.looseObject({ lines: z.unknown() }).safeParse(context).success) z.object({ lines: Lines }).parse(context)
  }
  return checkpoints.length
}

test('by no edit, no output, no replay and no migration does what does not fit become a checkpoint', { timeout: 240_000 }, async () => {
  const workspace = await workspaceOf({ 'workflows/order.ts': first })
  const loads: ((entry: WorkflowEntry | null) => void)[] = []
  const { client } = await hostOf(workspace, { changed: (_, entry) => loads.forEach((hear) => hear(entry)) })
  const { api } = client
  const start = async (more: { readonly [key: string]: Json } = {}): Promise<RunId> => {
    return (await api.runs.start({ workflow: order, input: { lines: good, next: null, answer: null, ...more } })).id
  }

  // The input of a start, and what a handler answers.
  await fc.assert(
    fc.asyncProperty(almost, async (value) => {
      const given = { workflow: order, input: { lines: value, next: null, answer: null } }
      const places = placesOf(value, 'input.lines')
      expect(await refusedAt(api.runs.start(given))).toEqual(places)
      const run = await start({ answer: { lines: value } })
      if (places === null) return
      const { record } = await ended(client, run)
      expect(record.failure).toMatchObject({ class: 'validation', path: placesOf(value, 'output.lines')?.[0] })
      await expectWhole(client, run)
    }),
    samples,
  )

  // An edit with a decision; an output or an input before a replay.
  const run = await start()
  const { decision } = await asked(client, run)
  const before = await expectWhole(client, run)
  await fc.assert(
    // A decision without an edit is one with null.
    fc.asyncProperty(almost.filter((value) => value !== null), async (value) => {
      const places = placesOf(value, 'take.lines')
      const { actions } = await api.decisions.consequences({ run, decision: decision.id, edit: value })
      expect(actions[0]?.refused.map(({ path }) => path) ?? []).toEqual(places ?? [])
      const outputs = [{ step: StepId.parse('take'), value: { lines: value } }]
      expect(await refusedAt(api.runs.previewReplay({ run, checkpoint: 1, edits: { outputs } }))).toEqual(places)
      if (places === null) return
      expect(await refusedAt(api.decisions.decide({ run, decision: decision.id, action: 'approve', edit: value }))).toEqual(places)
      expect(await refusedAt(api.runs.replay({ run, checkpoint: 1, edits: { outputs } }))).toEqual(places)
      const input = { lines: value, next: null, answer: null }
      expect(await refusedAt(api.runs.replay({ run, checkpoint: 1, edits: { input } }))).toEqual(placesOf(value, 'input.lines'))
    }),
    samples,
  )
  expect(await expectWhole(client, run)).toBe(before)
  await api.decisions.decide({ run, decision: decision.id, action: 'approve', edit: { kind: 'b', cents: [2] } })
  await ended(client, run)
  expect(await expectWhole(client, run)).toBeGreaterThan(before)

  // Going back by the pinned definition is to what was held against it; by the present one, what its migration makes is.
  const values = fc.sample(almost, samples.numRuns)
  const runs = await Promise.all(values.map((next) => start({ next })))
  for (const each of runs) await asked(client, each)
  const present = new Promise<void>((resolve) => loads.push((entry) => entry?.state === 'ready' && entry.version === 2 && resolve()))
  writeFileSync(join(workspace, 'workflows', 'order.ts'), second)
  await present
  for (const [index, each] of runs.entries()) {
    const value = values[index] ?? null
    const [there, count] = [await api.runs.state({ run: each }), await expectWhole(client, each)]
    const places = placesOf(value, 'context.lines')
    const refused = await refusedAt(api.runs.restore({ run: each, checkpoint: 1, definition: 'present' }))
    expect(refused?.toSorted() ?? null).toEqual(places === null ? null : [...places, ...(placesOf(value, 'outputs.take.lines') ?? [])].toSorted())
    if (places !== null) {
      expect([(await api.runs.state({ run: each })).checkpoint, await expectWhole(client, each)]).toEqual([there.checkpoint, count])
      await api.runs.restore({ run: each, checkpoint: 1 })
      expect((await api.runs.state({ run: each })).outputs).toEqual((await api.runs.state({ run: each, checkpoint: 1 })).outputs)
      continue
    }
    // The migrated state is a checkpoint of its own: the one that begins the branch.
    const branch = (await api.runs.branches({ run: each })).branches.at(-1)
    expect(branch).toMatchObject({ workflowVersion: 2, from: 1 })
    const begun = await api.runs.state({ run: each, checkpoint: count })
    expect(begun).toMatchObject({ checkpoint: { branch: branch?.number }, context: { lines: value }, outputs: { take: [{ output: { lines: value } }] } })
    await expectWhole(client, each)
  }
})

test('what a schema has made is not made again by an edit of another part, with a decision or before a replay', { timeout: 120_000 }, async () => {
  const workspace = await workspaceOf({
    'workflows/letter.ts': `
import { workflow, z } from 'cairn'
export default workflow('letter', {
  version: 1,
  input: z.object({ path: z.string().transform((path) => '/base' + path), to: z.string(), tags: z.string().transform((tags) => tags.split(',')) }),
  context: z.object({ tenant: z.string().transform((name) => name.length) }),
})
  .step('draft', { output: z.object({ body: z.string(), sig: z.string().transform((text) => text + '!'), tags: z.string().transform((tags) => tags.split(',')) }) }, ({ input }) => ({ body: input.path, sig: 'bye', tags: 'a,b' }))
  .approval('approve', { needs: ['draft'], edits: 'draft.body', actions: { primary: 'approve' } })
  .step('send', { needs: ['approve'] }, ({ outputs }) => outputs.draft)
`,
  })
  const { client } = await hostOf(workspace)
  const { api } = client
  const input = { path: '/x', to: 'Ada', tags: 'a,b' }
  const { id: run } = await api.runs.start({ workflow: WorkflowName.parse('letter'), input, context: { tenant: 'us' } })
  const { decision } = await asked(client, run)
  expect(await refusedAt(api.decisions.decide({ run, decision: decision.id, action: 'approve', edit: 5 }))).toEqual(['draft.body'])
  await api.decisions.decide({ run, decision: decision.id, action: 'approve', edit: 'Dear Ada' })
  const { record } = await ended(client, run)
  expect(record.status).toBe('completed')
  const draft = { body: 'Dear Ada', sig: 'bye!', tags: ['a', 'b'] }
  const { outputs } = await api.runs.state({ run, checkpoint: record.head })
  expect([outputs[StepId.parse('draft')]?.at(-1)?.output, outputs[StepId.parse('send')]?.at(-1)?.output]).toEqual([draft, draft])

  const stored = { path: '/base/x', to: 'Ada', tags: ['a', 'b'] }
  const edits = { input: { ...stored, to: 'Eve' }, outputs: [{ step: StepId.parse('draft'), value: { ...draft, body: 'Dear Eve' } }] }
  const told = await api.runs.previewReplay({ run, checkpoint: record.head, edits })
  expect(told.edits).toEqual([
    { key: 'input', before: stored, after: { ...stored, to: 'Eve' } },
    { key: 'output/draft/1', before: draft, after: { ...draft, body: 'Dear Eve' } },
  ])
  expect((await api.runs.previewReplay({ run, checkpoint: 0, edits: { input: { ...stored, path: '/y' } } })).edits).toMatchObject([{ after: { ...stored, path: '/base/y' } }])
})

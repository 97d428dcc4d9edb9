import { expect, test } from 'vitest'
import { StepId } from '../../model/ids.ts'
import { hiddenText } from '../../model/sensitive/hidden.ts'
import { stepManifest, TestExecution } from './execution.fixture.ts'

const secret = 'zQ9-canary-7731'
const output = { type: 'object', properties: { key: { type: 'string', sensitive: true } } }
const manifests = [stepManifest('source', { output, sensitive: true })]
const view = { input: null, context: null, outputs: { source: { key: secret } }, iterations: {} }

test('what code says is told without what it was given that is sensitive; what it answers goes on as it is', async () => {
  await using host = await TestExecution.start(
    `
    { id: 'says', kind: 'code', options: {}, handler: ({ outputs, log, progress, heartbeat }) => {
      const { key } = outputs.source
      log.info('has ' + key, { key, [key]: Buffer.from(key).toString('base64') })
      progress(0.5, 'with ' + key)
      heartbeat({ key })
      console.log({ key })
      return { key }
    } },
    { id: 'throws', kind: 'code', options: {}, handler: ({ outputs }) => {
      throw new Error('no ' + outputs.source.key, { cause: Object.assign(new Error('it is ' + outputs.source.key), { code: outputs.source.key }) })
    } }`,
    { manifests },
  )
  expect(await host.run('says', { view })).toEqual({ type: 'completed', output: { key: secret }, next: null })
  const [heartbeats, others] = [host.signals.all.filter(({ type }) => type === 'heartbeat'), host.signals.all.filter(({ type }) => type !== 'heartbeat')]
  expect(heartbeats).toMatchObject([{ value: { key: secret } }])
  expect(others).toHaveLength(3)
  expect(JSON.stringify(others)).not.toMatch(/canary|elE5LWNhbmFye/)
  expect(others).toMatchObject([{ message: `has ${hiddenText}` }, { note: `with ${hiddenText}` }, { message: `{ key: '${hiddenText}' }` }])

  const failed = await host.run('throws', { view })
  expect(failed).toMatchObject({ type: 'failed', failure: { message: `no ${hiddenText}: it is ${hiddenText}`, code: hiddenText } })
  expect(JSON.stringify(failed)).not.toContain('canary')
})

test('neither whoever breaks a process nor who was there with it tells what any of its jobs was given', async () => {
  await using host = await TestExecution.start(
    `
    { id: 'bystands', kind: 'code', options: {}, handler: ({ log }) => { log.info('here'); return never } },
    { id: 'breaks', kind: 'code', options: {}, handler: ({ outputs }) => { setTimeout(() => { throw new Error(outputs.source.key) }, 1); return never } },
    { id: 'dies', kind: 'code', options: { isolated: true }, handler: ({ outputs }) => {
      require('node:fs').writeSync(2, 'last words: ' + outputs.source.key + '\\n')
      process.kill(process.pid, 'SIGKILL')
    } }`,
    { manifests: [...manifests, stepManifest('dies', { isolated: true })], limits: { processes: 1 } },
  )
  const bystander = host.start('bystands')
  await host.logged('here')
  const broken = await host.run('breaks', { view })
  expect(broken).toMatchObject({ type: 'cut_off', own: true, failure: { message: `uncaught exception: ${hiddenText}` } })
  expect(await bystander.result).toMatchObject({ type: 'cut_off', own: false, failure: { message: expect.stringContaining(hiddenText) } })
  const died = await host.run('dies', { view })
  expect(died).toMatchObject({ type: 'cut_off', failure: { message: expect.stringContaining(`last words: ${hiddenText}`) } })
  expect(JSON.stringify([broken, died, host.signals.all, host.printed.all])).not.toContain('canary')
})

test('what a definition refuses is told without it', async () => {
  await using host = await TestExecution.start(
    `{ id: 'source', kind: 'code', handler: () => 1, options: { output: z.object({ key: z.string().refine(() => false, { error: ({ input }) => 'not ' + input }) }) } }`,
    { manifests },
  )
  const answer = await host.ask({ type: 'vouch', step: stepManifest('source').id, output: { key: secret }, before: null })
  expect(answer).toMatchObject({ type: 'refused', failures: [{ path: 'source.key', message: `source.key: not ${hiddenText}` }] })
})

const Token = "z.object({ token: z.string().meta({ sensitive: true }), of: z.string() })"
const marked = { properties: { token: { type: 'string', sensitive: true } } }
const makes = (id: string) => stepManifest(id, { output: marked, sensitive: true })

test('what a step says before it is known what it makes is held until it has ended', async () => {
  await using host = await TestExecution.start(
    `
    { id: 'logs_in', kind: 'code', options: { output: ${Token} }, handler: ({ log, progress, heartbeat }) => {
      const token = ['zQ9', 'canary', '7731'].join('-')
      log.info('got ' + token, { token })
      console.log(Buffer.from(token).toString('base64'))
      progress(0.5, 'with ' + token)
      heartbeat('alive')
      return { token, of: 'Ana' }
    } },
    { id: 'stops', kind: 'code', options: { output: ${Token} }, handler: async ({ log, heartbeat }) => { log.info('waits'); heartbeat('alive'); await never } },
    { id: 'dies', kind: 'code', options: { output: ${Token} }, handler: ({ log }) => { log.info('last words'); setTimeout(() => { throw new Error('gone') }); return never } },
    { id: 'prints', kind: 'code', options: { output: ${Token} }, handler: ({ log }) => {
      for (let n = 1; n <= 150; n += 1) log.info('line ' + n, 'x'.repeat(60_000))
      return { token: 'zQ9-canary-7731', of: 'Ana' }
    } }`,
    { manifests: ['logs_in', 'stops', 'dies', 'prints'].map(makes) },
  )
  const beats = (step: string) => host.signals.first((signal) => signal.type === 'heartbeat' && signal.step === step)
  const { ref, result } = host.start('logs_in')
  expect(await result).toMatchObject({ type: 'completed', output: { token: secret } })
  expect(host.signals.all).toMatchObject([{ type: 'progress', fraction: 0.5, note: null }, { type: 'heartbeat' }, { ...ref, message: `got ${hiddenText}`, data: { token: hiddenText } }, { message: hiddenText }, { note: `with ${hiddenText}` }])
  expect(JSON.stringify(host.signals.all)).not.toMatch(/canary|elE5LWNhbmFye/)

  const stopped = host.start('stops')
  await beats('stops')
  expect(host.signals.all).not.toContainEqual(expect.objectContaining({ message: 'waits' }))
  host.execution.stop(stopped.ref)
  expect(host.signals.all).toContainEqual(expect.objectContaining({ message: 'waits' }))

  expect(await host.run('dies')).toMatchObject({ type: 'cut_off' })
  expect(host.signals.all).toContainEqual(expect.objectContaining({ message: 'last words' }))

  await host.run('prints')
  const printed = host.signals.all.flatMap((signal) => (signal.type === 'log' && signal.step === 'prints' ? [signal.message] : []))
  expect(printed).toHaveLength(34)
  expect(printed[0]).toMatch(/^117 log lines before this were left out/)
  expect(printed.at(-1)).toBe('line 150')
})

test('however much of it is sensitive, it ends as it ended', async () => {
  await using host = await TestExecution.start(
    `{ id: 'many', kind: 'code', options: { output: z.array(z.string().meta({ sensitive: true })) }, handler: () => Array.from({ length: 130_000 }, (_, n) => 'code ' + n) }`,
    { manifests: [stepManifest('many', { output: { items: { type: 'string', sensitive: true } }, sensitive: true })] },
  )
  expect(await host.run('many')).toMatchObject({ type: 'completed' })
})

test('what a step made is kept from its log where its schema drops it, too', async () => {
  await using host = await TestExecution.start(
    `{ id: 'drops', kind: 'code', options: { output: z.object({ token: z.string().meta({ sensitive: true }), of: z.string() }).transform(({ of }) => ({ of })) },
      handler: ({ log }) => { log.info('got zQ9-canary-7731'); return { token: 'zQ9-canary-7731', of: 'Ana' } } }`,
    { manifests: [makes('drops')] },
  )
  expect(await host.run('drops')).toMatchObject({ type: 'completed', output: { of: 'Ana' } })
  expect(host.signals.all).toMatchObject([{ message: `got ${hiddenText}` }])
})

test('what a step made is kept from what its process says of another afterwards', async () => {
  await using host = await TestExecution.start(
    `{ id: 'waits', kind: 'code', options: {}, handler: () => never },
    { id: 'late', kind: 'code', options: { output: ${Token} }, handler: () => {
      setTimeout(() => { throw new Error('late zQ9-canary-7731') }, 100)
      return { token: 'zQ9-canary-7731', of: 'Ana' }
    } }`,
    { manifests: [makes('late')], limits: { processes: 1 } },
  )
  const { result } = host.start('waits')
  expect(await host.run('late')).toMatchObject({ type: 'completed' })
  expect(await result).toMatchObject({ type: 'cut_off', failure: { message: expect.stringContaining(`late ${hiddenText}`) } })
})

test('what a step made that is refused is told without it, in what it said too', async () => {
  const bad = "z.string().meta({ sensitive: true }).refine(() => false, { error: ({ input }) => 'token ' + input + ' is bad' })"
  const made = "{ token: 'zQ9-canary-7731', of: 'Ana' }"
  await using host = await TestExecution.start(
    `
    { id: 'refined', kind: 'code', options: { output: z.object({ token: ${bad} }) }, handler: ({ log }) => { log.info('zQ9-canary-7731'); return ${made} } },
    { id: 'thrown', kind: 'code', options: { output: z.object({ token: z.string().meta({ sensitive: true }).transform((token) => { throw new RangeError('no ' + token) }) }) }, handler: () => (${made}) },
    { id: 'named', kind: 'code', options: { output: z.record(z.string().meta({ sensitive: true }), z.number()) }, handler: () => ({ 'zQ9-canary-7731': 'x' }) },
    { id: 'chooses', kind: 'code', options: { output: ${Token}, next: { to: ['named'], choose: ({ output }) => 'to ' + output.token } }, handler: () => (${made}) },
    { id: 'checks', kind: 'code', options: { output: z.object({ token: ${bad} }), check: () => ({ happened: true, output: ${made} }) }, handler: () => 1 },
    { id: 'undoes', kind: 'code', options: { output: ${Token}, compensate: ({ output }) => { throw new Error('no ' + output.token) } }, handler: () => 1 },
    { id: 'asks', kind: 'approval', options: { edits: 'thrown.token', actions: { primary: 'approve' } } },
    { id: 'decides', kind: 'approval', options: { edits: 'undoes.token', actions: { primary: 'approve' }, next: { to: ['asks'], choose: ({ outputs }) => { throw new Error('no ' + outputs.undoes.token) } } } }`,
    { manifests: [...['refined', 'thrown', 'named', 'chooses', 'checks', 'undoes'].map(makes)], more: `enrich: () => ({ token: 'zQ9-canary-7731' }), context: z.object({ token: ${bad} })` },
  )
  const failures = [
    await host.run('refined'),
    await host.run('thrown'),
    await host.run('named'),
    await host.run('chooses'),
    await host.run('checks', { phase: 'check' }),
    await host.run('undoes', { phase: 'compensate', output: { token: secret, of: 'Ana' } }),
  ]
  for (const failed of failures) expect(failed).toMatchObject({ type: 'failed', failure: { message: expect.stringContaining(hiddenText) } })
  expect(failures).toMatchObject([{ failure: { path: 'output.token', class: 'validation' } }, { failure: { name: 'RangeError', class: 'permanent' } }, { failure: { path: `output.${hiddenText}` } }, {}, {}, {}])

  const outputs = { thrown: { token: 'x', of: 'Ana' }, undoes: { token: 'x', of: 'Ana' } }
  const answer = { action: 'approve', note: null, by: { kind: 'person', name: 'Ana' }, edit: secret } as const
  const refusals = [
    await host.ask({ type: 'settle', step: StepId.parse('asks'), iteration: 1, view: { input: null, context: null, iterations: {}, outputs }, answer, speaker: StepId.parse('thrown') }),
    await host.ask({ type: 'settle', step: StepId.parse('decides'), iteration: 1, view: { input: null, context: null, iterations: {}, outputs }, answer, speaker: StepId.parse('undoes') }),
    await host.ask({ type: 'begin', input: null, context: {} }),
  ]
  for (const refused of refusals) expect(refused).toMatchObject({ type: 'refused', failures: [{ message: expect.stringContaining(hiddenText) }] })
  expect(JSON.stringify([failures, refusals, host.signals.all])).not.toContain('canary')
})

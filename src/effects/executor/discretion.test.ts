import { expect, test } from 'vitest'
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
  const answer = await host.ask({ type: 'vouch', step: stepManifest('source').id, output: { key: secret } })
  expect(answer).toMatchObject({ type: 'refused', failures: [{ path: 'source.key', message: `source.key: not ${hiddenText}` }] })
})

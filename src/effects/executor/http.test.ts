/** The kind `http` in a process of its own; what it does with receivers of all kinds is tested beside it. */
import { describe, expect, it } from 'vitest'
import { json, receiver } from '../http/misbehaving-receiver.fixture.ts'
import { stepManifest, TestExecution } from './execution.fixture.ts'

const request = { statuses: {}, maxBytes: 1_000_000, idempotencyHeader: 'Idempotency-Key' }
const read = stepManifest('read', { kind: 'http', method: 'GET', ...request, idempotencyHeader: null })
const write = stepManifest('write', { kind: 'http', method: 'POST', effect: { repeat: 'unsafe' }, compensates: true, ...request })
const manifests = [read, write]

const ask = '({ input }) => input'
const undo = "({ output, log }) => log.info('undone ' + output.body.id)"
const steps = `{ id: 'read', kind: 'http', options: {}, request: ${ask} },
  { id: 'write', kind: 'http', options: { method: 'POST', compensate: ${undo} }, request: ${ask} }`

const viewOf = (input: { readonly url: string }) => ({ input, context: null, outputs: {}, iterations: {} })
const task = (url: string) => ({ view: viewOf({ url }) })

describe('an http step', () => {
  it('that writes has a process to itself, which asks before it sends anything', async () => {
    await using server = await receiver(json({ id: 7 }, 201))
    await using host = await TestExecution.start(steps, { manifests })
    const { ref, result } = host.start('write', task(server.url))
    expect(await result).toMatchObject({ type: 'completed', output: { status: 201, body: { id: 7 } } })
    expect(host.effects).toEqual([ref])
    expect(host.execution.stats().processes.isolated).toBe(1)
    expect(await host.run('read', task(server.url))).toMatchObject({ type: 'completed' })
    expect(host.effects).toEqual([ref])
    expect(host.execution.stats().processes).toEqual({ isolated: 1, shared: 1 })
  })

  it('asks by host and port before it connects, or by the name that its author gives; held back, it reaches nothing', async () => {
    await using server = await receiver(json({}))
    const named = `{ id: 'named', kind: 'http', options: { dependency: 'orders' }, request: ${ask} }`
    await using host = await TestExecution.start(`${steps}, ${named}`, { manifests })
    await host.run('read', task(server.url))
    host.mayReach = false
    const dependency = `127.0.0.1:${server.port}`
    expect(await host.run('write', task(server.url))).toEqual({ type: 'held', dependency })
    expect(await host.run('named', task(server.url))).toEqual({ type: 'held', dependency: 'orders' })
    expect(host.reached).toEqual([`read ${dependency}`, `write ${dependency}`, 'named orders'])
    expect([server.asked.length, host.effects]).toEqual([1, []])
  })

  it('that is stopped lets go of its receiver, and its process serves the next', async () => {
    await using slow = await receiver(() => undefined)
    await using good = await receiver(json({}))
    await using host = await TestExecution.start(steps, { manifests })
    const asked = slow.next()
    const { ref } = host.start('write', task(slow.url))
    await asked
    host.execution.stop(ref)
    await slow.left()
    expect(await host.run('write', task(good.url))).toMatchObject({ type: 'completed' })
  })

  it('reads no proxy from the environment', async () => {
    await using proxy = await receiver(json({ proxied: true }))
    await using server = await receiver(json({ proxied: false }))
    const set = `(process.env.HTTP_PROXY = process.env.http_proxy = '${proxy.url}', process.env.NODE_USE_ENV_PROXY = '1')`
    const step = `{ id: 'read', kind: 'http', options: { when: () => Boolean(${set}) }, request: ${ask} }`
    await using host = await TestExecution.start(step, { manifests })
    expect(await host.run('read', task(server.url))).toMatchObject({ output: { body: { proxied: false } } })
    expect(proxy.asked).toEqual([])
  })

  it('is compensated by its author\'s function', async () => {
    await using host = await TestExecution.start(steps, { manifests })
    expect(await host.run('write', { phase: 'compensate', output: { body: { id: 7 } } })).toMatchObject({ type: 'completed' })
    expect(host.signals.all).toMatchObject([{ message: 'undone 7' }])
  })

  it('tells a preview where it goes, without its secrets', async () => {
    await using host = await TestExecution.start(steps, { manifests })
    const view = viewOf({ url: 'https://api.example.org/orders?page=2&api_key=canary' })
    const answer = await host.ask({ type: 'address', step: write.id, view })
    expect(answer).toEqual({ type: 'addressed', recipients: ['https://api.example.org/orders?page=2&api_key=(not shown)'] })
  })
})

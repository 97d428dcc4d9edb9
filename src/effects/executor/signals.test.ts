import { describe, expect, it } from 'vitest'
import type { Signal } from '../../model/log.ts'
import { TestExecution } from './execution.fixture.ts'

const logged = (signals: readonly Signal[]) => signals.flatMap((signal) => (signal.type === 'log' ? [signal] : []))

describe('what an attempt says', () => {
  it('reaches the host with its name, its correlation and the host\'s time', async () => {
    await using host = await TestExecution.start(`{ id: 'talk', kind: 'code', options: {}, handler: ({ log, progress, heartbeat }) => {
      log.warn('careful', { n: 1 })
      progress(0.25, 'a quarter')
      heartbeat({ page: 3 })
    } }`, { clock: { now: () => 77, at: (_, call) => clearTimeout.bind(null, setTimeout(call, 20)) } })
    const { ref, result } = host.start('talk')
    await result
    const from = { ...ref, correlation: 'test', at: 77 }
    expect(host.signals.all).toEqual([
      { type: 'log', ...from, level: 'warn', message: 'careful', data: { n: 1 } },
      { type: 'progress', ...from, fraction: 0.25, note: 'a quarter' },
      { type: 'heartbeat', ...from, value: { page: 3 } },
    ])
  })

  it('is all said before the answer, and no faster than can be read', async () => {
    await using host = await TestExecution.start(`{ id: 'chatter', kind: 'code', options: {}, handler: async ({ log, progress, heartbeat }) => {
      for (let n = 1; n <= 10_000; n += 1) { log.info('line ' + n); progress(n / 10_000); heartbeat(n) }
    } }`)
    await host.run('chatter')
    const lines = logged(host.signals.all)
    expect(lines.length).toBeLessThan(1_000)
    expect(lines[0]?.message).toBe('line 1')
    expect(lines.at(-1)?.message).toBe('line 10000')
    const written = lines.filter(({ level }) => level === 'info').length
    const leftOut = lines.flatMap(({ message }) => /^([\d,]+) more log lines? (?:was|were) left out/.exec(message)?.[1]?.replaceAll(',', '') ?? [])
    expect(leftOut.map(Number).reduce((sum, count) => sum + count, written)).toBe(10_000)

    const progress = host.signals.all.filter(({ type }) => type === 'progress')
    expect(progress.length).toBeLessThan(100)
    expect(progress.at(-1)).toMatchObject({ fraction: 1 })
    expect(host.signals.all.filter(({ type }) => type === 'heartbeat').at(-1)).toMatchObject({ value: 10_000 })
  })

  it('is bounded and repaired where it must be', async () => {
    await using host = await TestExecution.start(`
      { id: 'bad', kind: 'code', options: {}, handler: ({ log, progress }) => {
        log.info('x'.repeat(1e6), { long: 'y'.repeat(1e6) })
        log.error('half \\ud800', { date: new Date(0) })
        log.debug({ no: 'text' })
        progress(NaN)
        progress(7)
      } },
      { id: 'beat', kind: 'code', options: {}, handler: ({ heartbeat }) => heartbeat(() => 1) },
      { id: 'pound', kind: 'code', options: {}, handler: ({ heartbeat }) => heartbeat('x'.repeat(1e6)) }`)
    expect(await host.run('bad')).toMatchObject({ type: 'completed' })
    const [long, half, object] = logged(host.signals.all)
    expect(long?.message.length).toBeLessThan(10_000)
    expect(long?.data).toMatch(/were left out/)
    expect(half).toMatchObject({ message: 'half \ufffd', data: expect.stringContaining('1970') })
    expect(object?.message).toBe(`{ no: 'text' }`)
    expect(host.signals.all.filter(({ type }) => type === 'progress')).toMatchObject([{ fraction: 0 }, { fraction: 1 }])
    expect(await host.run('beat')).toMatchObject({ type: 'failed', failure: { path: 'heartbeat' } })
    expect(await host.run('pound')).toMatchObject({ type: 'failed', failure: { message: expect.stringContaining('limit') } })
  })

  it('may come from a console, and belongs to the one who printed it', async () => {
    await using host = await TestExecution.start(`
      ...['a', 'b'].map((id) => ({ id, kind: 'code', options: {}, handler: async () => {
        await delay(1)
        console.log('I am', { id })
        setTimeout(() => console.error('later', id), 1)
        await delay(5)
        process.stdout.write('raw ' + id + '\\n')
      } }))`, { limits: { processes: 1 } })
    const [a, b] = [host.start('a'), host.start('b')]
    await Promise.all([a.result, b.result])
    for (const { ref } of [a, b]) {
      const own = logged(host.signals.all).filter(({ step }) => step === ref.step)
      expect(own.map(({ level, message }) => [level, message])).toEqual([
        ['info', `I am { id: '${ref.step}' }`],
        ['warn', `later ${ref.step}`],
        ['info', `raw ${ref.step}`],
      ])
    }
  })

  it('is not lost where nobody can tell who printed it', async () => {
    const write = `require('node:fs').writeSync(1, `
    await using host = await TestExecution.start(`
      { id: 'alone', kind: 'code', options: {}, handler: async ({ signal }) => { ${write} 'from below\\n'); await never } },
      { id: 'quick', kind: 'code', options: {}, handler: () => { setTimeout(() => console.log('afterwards'), 20) } },
      { id: 'idle', kind: 'code', options: {}, handler: () => delay(40) }`, { limits: { processes: 1 } })
    host.start('alone')
    await host.logged('from below')
    await Promise.all([host.run('quick'), host.run('idle')])
    await host.printed.first((text) => text.includes('afterwards'))
  })
})

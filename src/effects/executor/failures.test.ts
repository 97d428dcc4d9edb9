import { describe, expect, it } from 'vitest'
import type { FailureClass } from '../../model/failure.ts'
import { TestExecution } from './execution.fixture.ts'

/** What handlers throw, as text of their code, and what it means. */
const thrown: Readonly<Record<string, { readonly code: string; readonly class: FailureClass; readonly message: string }>> = {
  permanent: {
    code: `throw Object.assign(new Error('no such customer'), { name: 'PermanentError', code: 'GONE' })`,
    class: 'permanent',
    message: 'no such customer',
  },
  transient: {
    code: `throw Object.assign(new TypeError('later'), { name: 'TransientError' })`,
    class: 'transient',
    message: 'later',
  },
  zod: { code: `z.object({ n: z.number() }).parse({ n: 'x' })`, class: 'validation', message: 'expected number' },
  type: { code: `null.property`, class: 'permanent', message: 'Cannot read properties of null' },
  reference: { code: `nothingByThatName`, class: 'permanent', message: 'not defined' },
  syntax: { code: `JSON.parse('{')`, class: 'permanent', message: 'JSON' },
  range: { code: `new Array(-1)`, class: 'permanent', message: 'Invalid array length' },
  other: { code: `throw new Error('who knows')`, class: 'transient', message: 'who knows' },
  refused: { code: `await fetch('http://127.0.0.1:1/')`, class: 'permanent', message: 'bad port' },
  unreachable: { code: `await fetch('http://127.0.0.1:59999/')`, class: 'transient', message: 'ECONNREFUSED' },
  caused: {
    code: `throw new TypeError('load failed', { cause: new Error('deep', { cause: Object.assign(new Error('socket'), { code: 'UND_ERR_SOCKET' }) }) })`,
    class: 'transient',
    message: 'load failed: deep: socket',
  },
  ...(process.platform === 'linux' && { full: { code: `require('node:fs').writeFileSync('/dev/full', 'x')`, class: 'resource', message: 'ENOSPC' } }),
  disk: { code: `throw Object.assign(new Error('write'), { cause: Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }) })`, class: 'resource', message: 'no space left' },
  handles: { code: `throw Object.assign(new TypeError('too many open files'), { code: 'EMFILE' })`, class: 'resource', message: 'too many open files' },
  connections: { code: `throw Object.assign(new Error('sorry, too many clients already'), { code: '53300' })`, class: 'resource', message: 'too many clients' },
  meant: { code: `throw Object.assign(new Error('full, and I know it'), { name: 'PermanentError', code: 'ENOSPC' })`, class: 'permanent', message: 'full' },
  missing: { code: `require('node:fs').readFileSync('/no/such/file')`, class: 'transient', message: 'ENOENT' },
  late: { code: `await new Promise((_, reject) => setTimeout(() => reject(new Error('after a while')), 5))`, class: 'transient', message: 'after a while' },
  aborted: { code: `AbortSignal.abort().throwIfAborted()`, class: 'transient', message: 'aborted' },
  text: { code: `throw 'just text'`, class: 'transient', message: `threw 'just text'` },
  nothing: { code: `throw undefined`, class: 'transient', message: 'threw undefined' },
  strange: { code: `throw new Proxy({}, { get() { throw 1 }, ownKeys() { throw 1 }, getPrototypeOf() { throw 1 } })`, class: 'transient', message: 'cannot be read' },
  hostile: { code: `throw Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('gotcha') } })`, class: 'transient', message: 'cannot be read' },
  symbol: { code: `throw Object.assign(new Error('m'), { name: Symbol('n'), stack: 5, code: {} })`, class: 'transient', message: 'm' },
  forged: { code: `throw Object.assign(new Error('damaged'), { name: 'CorruptionFound', class: 'corruption', wayOut: 'none' })`, class: 'transient', message: 'damaged' },
  endless: { code: `throw new Error('x'.repeat(1e6))`, class: 'transient', message: '(1000000 characters)' },
}

const steps = Object.entries(thrown).map(
  ([id, { code }]) => `{ id: '${id}', kind: 'code', options: {}, handler: async () => { ${code} } }`,
)

describe('what a handler throws', () => {
  it('is classed by what can be done about it, whatever it is', async () => {
    await using host = await TestExecution.start(steps.join())
    for (const [id, { class: expected, message }] of Object.entries(thrown)) {
      const result = await host.run(id)
      expect(result, id).toMatchObject({ type: 'failed', failure: { class: expected, message: expect.stringContaining(message) } })
      expect(JSON.stringify(result).length, id).toBeLessThan(15_000)
    }
    expect(await host.run('permanent')).toMatchObject({ failure: { name: 'PermanentError', code: 'GONE' } })
    expect(await host.run('disk')).toMatchObject({ failure: { wayOut: 'make room on the disk that it writes to' } })
    const { failure } = Object(await host.run('missing'))
    expect(failure).not.toHaveProperty('path')
  })

  it('shows the author\'s own lines and no others, also after memory was tidied', async () => {
    await using host = await TestExecution.start(`{ id: 'deep', kind: 'code', options: {}, handler: async () => {
      const inner = () => { throw new Error('here') }
      process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
      const collect = process.getBuiltinModule('node:vm').runInNewContext('gc')
      for (let round = 0; round < 3; round += 1) { collect(); await delay(1) }
      inner()
    } }`)
    const result = await host.run('deep')
    const stack = result.type === 'failed' ? (result.failure.stack ?? '') : ''
    const frames = stack.split('\n').slice(1)
    expect(stack).toMatch(/^Error: here\n/)
    expect(frames.map((frame) => /at (?:Object\.)?(\S+) /.exec(frame)?.[1])).toEqual(['inner', 'handler'])
    for (const frame of frames) expect(frame).toMatch(/workflows\/test\.ts:\d+:\d+\)$/)
  })
})

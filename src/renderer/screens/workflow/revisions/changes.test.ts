import { expect, test } from 'vitest'
import { Manifest } from '../../../../model/manifest.ts'
import { changesBetween } from './changes.ts'

const step = {
  kind: 'code',
  needs: [],
  join: 'all',
  conditional: false,
  optional: false,
  critical: false,
  onlyAsFallback: false,
  fallback: null,
  timeout: null,
  retry: null,
  onFailure: 'fail',
  loop: null,
  effect: null,
  isolated: false,
  compensates: false,
  output: null,
  sensitive: false,
}
const manifest = (steps: readonly object[], rest: object = {}): Manifest =>
  Manifest.parse({
    format: 1,
    name: 'orders',
    version: 1,
    file: 'workflows/orders.ts',
    timeout: null,
    input: {},
    inputSensitive: false,
    context: {},
    enriches: false,
    steps,
    migrations: [],
    externals: [],
    ...rest,
  })

test('each difference is a sentence; what is the same is none', () => {
  const before = manifest([{ ...step, id: 'a' }, { ...step, id: 'b', needs: ['a'] }])
  expect(changesBetween(before, before)).toEqual([])
  const after = manifest([{ ...step, id: 'b', timeout: 30_000, output: { type: 'string' } }, { ...step, id: 'c' }], { version: 2, input: { type: 'object' } })
  expect(changesBetween(before, after)).toEqual([
    'The version: 1 → 2',
    'The input: its schema changed',
    'Step a was taken away',
    'Step b, needs: a → Nothing: it starts with the run',
    'Step b, timeout: none → An attempt ends after 30 s',
    'Step b, output: its schema changed',
    'Step c was added',
  ])
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Manifest } from '../../model/manifest.ts'
import { graphOf } from './graph.ts'

/** Needs by index: each step may need any step before it; the list is then shuffled. */
const needs = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 12 })

function manifestOf(drawn: readonly (readonly number[])[], order: readonly number[]): Manifest {
  const steps = drawn.map((wanted, index) => ({
    id: `s${index}`,
    kind: 'code',
    needs: [...new Set(index === 0 ? [] : wanted.map((number) => `s${number % index}`))],
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
  }))
  const shuffled = steps.toSorted((a, b) => (order[steps.indexOf(a)] ?? 0) - (order[steps.indexOf(b)] ?? 0))
  return Manifest.parse({
    format: 1,
    name: 'drawn',
    version: 1,
    file: 'workflows/drawn.ts',
    timeout: null,
    input: {},
    inputSensitive: false,
    context: {},
    enriches: false,
    steps: shuffled,
    migrations: [],
    externals: [],
  })
}

const manifests = fc
  .tuple(needs, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }))
  .map(([drawn, order]) => manifestOf(drawn, order))

test('each step stands after all that it needs', () => {
  fc.assert(
    fc.property(manifests, (manifest) => {
      const { order, steps } = graphOf(manifest)
      expect(order.toSorted()).toEqual(manifest.steps.map(({ id }) => id).toSorted())
      for (const [place, id] of order.entries()) {
        for (const need of steps.get(id)?.needs ?? []) expect(order.indexOf(need)).toBeLessThan(place)
      }
    }),
  )
})

test('ancestors are the needs and their ancestors; a loop renews its target and what has it as ancestor', () => {
  fc.assert(
    fc.property(manifests, (manifest) => {
      const { ancestors, renewedBy, order, dependents } = graphOf(manifest)
      for (const { id, needs: own } of manifest.steps) {
        const expected = new Set(own.flatMap((need) => [need, ...(ancestors.get(need) ?? [])]))
        expect(ancestors.get(id)).toEqual(expected)
        for (const need of own) expect(dependents.get(need)).toContain(id)
        expect(renewedBy.get(id)).toEqual(order.filter((other) => other === id || ancestors.get(other)?.has(id)))
      }
    }),
  )
})

test('steps that need one another have no order', () => {
  const manifest = manifestOf([[], [0]], [0, 1])
  const [first, second] = manifest.steps
  if (first === undefined || second === undefined) throw new Error('two steps were drawn')
  const circle = { ...manifest, steps: [{ ...first, needs: [second.id] }, second] }
  expect(() => graphOf(circle)).toThrow('need one another')
})

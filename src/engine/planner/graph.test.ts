import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeStep, manifestOf } from '../../model/manifest.fixture.ts'
import type { StepId } from '../../model/ids.ts'
import type { Manifest } from '../../model/manifest.ts'
import { graphOf } from './graph.ts'

/** Needs by index: each step may need any step before it; the list is then shuffled. */
const needs = fc.array(fc.array(fc.nat(), { maxLength: 4 }), { minLength: 1, maxLength: 12 })

function drawnManifest(drawn: readonly (readonly number[])[], order: readonly number[]): Manifest {
  const steps = drawn.map((wanted, index) =>
    codeStep(`s${index}`, [...new Set(index === 0 ? [] : wanted.map((number) => `s${number % index}`))]),
  )
  const shuffled = steps.toSorted((a, b) => (order[steps.indexOf(a)] ?? 0) - (order[steps.indexOf(b)] ?? 0))
  return manifestOf('drawn', shuffled)
}

const manifests = fc
  .tuple(needs, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }))
  .map(([drawn, order]) => drawnManifest(drawn, order))

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

test('what is as far from a step that needs nothing stands in the order of the manifest', () => {
  fc.assert(
    fc.property(manifests, (manifest) => {
      const { order, steps } = graphOf(manifest)
      const far = (id: StepId): number => Math.max(0, ...(steps.get(id)?.needs ?? []).map((need) => 1 + far(need)))
      expect(order).toEqual(manifest.steps.map(({ id }) => id).toSorted((a, b) => far(a) - far(b)))
    }),
  )
})

test('ancestors are the needs and their ancestors; a loop renews its target and what has it as ancestor', () => {
  fc.assert(
    fc.property(manifests, (manifest) => {
      const { ancestors, renewedBy, order, dependents } = graphOf(manifest)
      // Asked in whatever order the steps were drawn, and again.
      for (const { id, needs: own } of [...manifest.steps, ...manifest.steps]) {
        const expected = new Set(own.flatMap((need) => [need, ...(ancestors.get(need) ?? [])]))
        expect(ancestors.get(id)).toEqual(expected)
        for (const need of own) expect(dependents.get(need)).toContain(id)
        expect(renewedBy.get(id)).toEqual(order.filter((other) => other === id || ancestors.get(other)?.has(id)))
      }
    }),
  )
})

test('steps that need one another have no order', () => {
  const manifest = drawnManifest([[], [0]], [0, 1])
  const [first, second] = manifest.steps
  if (first === undefined || second === undefined) throw new Error('two steps were drawn')
  const circle = { ...manifest, steps: [{ ...first, needs: [second.id] }, second] }
  expect(() => graphOf(circle)).toThrow('need one another')
})

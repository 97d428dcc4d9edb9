import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphProblems } from './graph-problems.ts'
import type { StepEdges } from './step-edges.ts'

type Mutable = { -readonly [K in keyof StepEdges]: StepEdges[K] }

function plain(id: string, needs: readonly string[] = []): StepEdges {
  return { id, needs, fallback: null, onlyAsFallback: false, loop: null }
}

/** All that a step transitively needs, found the slow way: nothing here is taken from what is tested. */
function above(steps: readonly StepEdges[], id: string): string[] {
  const needs = steps.find((step) => step.id === id)?.needs ?? []
  return [...new Set(needs.flatMap((need) => [need, ...above(steps, need)]))]
}

/** The chosen ones, each taken round the list as often as it goes. */
function chosen<T>(from: readonly T[], picks: readonly number[]): T[] {
  return [...new Set(picks.flatMap((pick) => from[pick % Math.max(1, from.length)] ?? []))]
}

const row = fc.record({
  needs: fc.array(fc.nat(), { maxLength: 4 }),
  /** How long a chain of fallbacks the step has. */
  fallbacks: fc.nat(2),
  loop: fc.option(fc.array(fc.nat(), { minLength: 1, maxLength: 3 })),
  edits: fc.option(fc.nat()),
})

/** A graph that can run: needs point upwards, fallbacks need what their primary needs, loops and edits go back. */
const validGraph = fc.array(row, { minLength: 1, maxLength: 12 }).map((rows) => {
  const steps: StepEdges[] = []
  rows.forEach(({ needs: picks, fallbacks, loop, edits }, index) => {
    const needs = chosen(steps.filter((step) => !step.onlyAsFallback).map(({ id }) => id), picks)
    for (let depth = 0; depth <= fallbacks; depth += 1) {
      const id = `s${index}.${depth}`
      const before = needs.flatMap((need) => [need, ...above(steps, need)])
      const [target] = edits === null ? [] : chosen(before, [edits])
      steps.push({
        id,
        needs,
        onlyAsFallback: depth > 0,
        fallback: depth < fallbacks ? `s${index}.${depth + 1}` : null,
        loop: loop && { to: chosen([id, ...before], loop) },
        edits: target === undefined ? null : { step: target },
      })
    }
  })
  return steps
})

const shuffled = validGraph.chain((steps) => fc.shuffledSubarray(steps, { minLength: steps.length }))

test('a graph that can run has no problem, in whatever order it is written', () => {
  fc.assert(
    fc.property(shuffled, (steps) => {
      expect(graphProblems(steps)).toEqual([])
    }),
  )
})

interface Spoilt {
  readonly steps: readonly StepEdges[]
  readonly code: string
  readonly step: string
}

/** Spoils a valid graph, and says what must be found; undefined where it cannot be done to this one. */
type Defect = (steps: readonly StepEdges[], pick: <T>(from: readonly T[]) => T | undefined) => Spoilt | undefined

function change(steps: readonly StepEdges[], id: string, by: Partial<Mutable>): StepEdges[] {
  return steps.map((step) => (step.id === id ? { ...step, ...by } : step))
}

const isFallback = (step: StepEdges): boolean => step.onlyAsFallback

const defects: Readonly<Record<string, Defect>> = {
  'an id used twice': (steps, pick) => {
    const one = pick(steps)
    return one && { steps: [...steps, { ...one, fallback: null }], code: 'duplicate_step', step: one.id }
  },
  'a need that is no step': (steps, pick) => {
    const one = pick(steps)
    return one && { steps: change(steps, one.id, { needs: [...one.needs, 'x'] }), code: 'unknown_need', step: one.id }
  },
  'a need of a fallback': (steps, pick) => {
    const one = pick(steps.filter(isFallback))
    return one && { steps: [...steps, plain('late', [one.id])], code: 'fallback_needed', step: 'late' }
  },
  'a need of something below': (steps, pick) => {
    const low = pick(steps.filter((step) => step.needs.length > 0))
    const highs = low === undefined ? [] : above(steps, low.id)
    const high = steps.find((step) => step.id === pick(highs))
    if (low === undefined || high === undefined) return undefined
    // The knot is named by its first step: these are the steps that stand in it.
    const knot = [high.id, low.id, ...highs.filter((id) => above(steps, id).includes(high.id))]
    const step = steps.find(({ id }) => knot.includes(id))?.id ?? ''
    return { steps: change(steps, high.id, { needs: [...high.needs, low.id] }), code: 'cycle', step }
  },
  'a step that needs itself': (steps, pick) => {
    const one = pick(steps)
    return one && { steps: change(steps, one.id, { needs: [...one.needs, one.id] }), code: 'cycle', step: one.id }
  },
  'a fallback that is no step': (steps, pick) => {
    const one = pick(steps.filter(({ fallback }) => fallback === null))
    return one && { steps: change(steps, one.id, { fallback: 'x' }), code: 'unknown_fallback', step: one.id }
  },
  'a fallback that also runs by itself': (steps, pick) => {
    const one = pick(steps.filter(({ fallback }) => fallback !== null))
    const spoilt = change(steps, one?.fallback ?? '', { onlyAsFallback: false })
    return one && { steps: spoilt, code: 'fallback_not_reserved', step: one.id }
  },
  'a fallback of two': (steps, pick) => {
    const one = pick(steps.filter(isFallback))
    const other = { ...plain('other', one?.needs), fallback: one?.id ?? null }
    return one && { steps: [...steps, other], code: 'fallback_shared', step: one.id }
  },
  'a fallback that waits for more than its primary': (steps, pick) => {
    const one = pick(steps.filter(isFallback))
    if (one === undefined) return undefined
    const spoilt = change(steps, one.id, { needs: [...one.needs, 'aside'] })
    return { steps: [plain('aside'), ...spoilt], code: 'fallback_too_early', step: one.id }
  },
  'a fallback that nobody names': (steps) => {
    return { steps: [...steps, { ...plain('spare'), onlyAsFallback: true }], code: 'unreachable', step: 'spare' }
  },
  'fallbacks that only name each other': (steps) => {
    const ring: StepEdges = { ...plain('ring'), onlyAsFallback: true, fallback: 'rung' }
    return { steps: [ring, ...steps, { ...ring, id: 'rung', fallback: 'ring' }], code: 'unreachable', step: 'rung' }
  },
  'a loop that goes elsewhere': (steps, pick) => {
    const one = pick(steps)
    if (one === undefined) return undefined
    const spoilt = change(steps, one.id, { loop: { to: [one.id, 'aside'] } })
    return { steps: [...spoilt, plain('aside')], code: 'next_not_backwards', step: one.id }
  },
  'a loop to no step': (steps, pick) => {
    const one = pick(steps)
    return one && { steps: change(steps, one.id, { loop: { to: ['x'] } }), code: 'next_not_backwards', step: one.id }
  },
  'a resource that one uses and others hold': (steps, pick) => {
    const one = pick(steps)
    return one && { steps: [...change(steps, one.id, { uses: { constructor: 1 } }), { ...plain('holder'), holds: { constructor: 1 } }], code: 'used_and_held', step: one.id }
  },
  'a resource of which not all hold the same': (steps, pick) => {
    const one = pick(steps)
    return one && { steps: [{ ...plain('holder'), holds: { gate: 2 } }, ...change(steps, one.id, { holds: { gate: 1 } })], code: 'held_differently', step: one.id }
  },
  'an edit of what does not come before': (steps, pick) => {
    const one = pick(steps)
    if (one === undefined) return undefined
    const spoilt = change(steps, one.id, { edits: { step: one.id } })
    return { steps: spoilt, code: 'unknown_edit_target', step: one.id }
  },
}

test.each(Object.entries(defects))('%s is found and its step is named', (_name, plant) => {
  let planted = 0
  fc.assert(
    fc.property(shuffled, fc.nat(), (steps, seed) => {
      const spoilt = plant(steps, (from) => from[seed % from.length])
      if (spoilt === undefined) return
      planted += 1
      const problems = graphProblems(spoilt.steps)
      expect(problems).toContainEqual(expect.objectContaining({ code: spoilt.code, step: spoilt.step }))
      for (const { message, wayOut } of problems) expect([message, wayOut].every((text) => text.length > 0)).toBe(true)
    }),
  )
  expect(planted).toBeGreaterThan(10)
})

test('all that is wrong is said at once, each once', () => {
  const problems = graphProblems([
    plain('a', ['b', 'nobody']),
    plain('b', ['c']),
    plain('c', ['a']),
    { ...plain('d', ['a']), fallback: 'gone', loop: { to: ['e'] }, edits: { step: 'e' } },
    plain('e'),
    plain('e'),
  ])
  expect(problems.map(({ code, step }) => `${code} ${step}`)).toEqual([
    'duplicate_step e',
    'cycle a',
    'unknown_need a',
    'unknown_fallback d',
    'next_not_backwards d',
    'unknown_edit_target d',
  ])
  expect(problems[1]?.message).toBe('steps need one another: a needs b needs c needs a')
})

import { describe, expect, test } from 'vitest'
import { RevisionHash } from '../../model/ids.ts'
import { codeStep, manifestOf, workflowStep } from '../../model/manifest.fixture.ts'
import { refuseCallers } from './callers.ts'
import { DefinitionError, problemsOf } from './definition-error.ts'
import type { Standing, Standings } from './standing.ts'

/** Files each of a workflow of its name, with those that it calls. */
function files(calls: Readonly<Record<string, readonly string[]>>): Map<string, Standing> {
  const loaded = Object.entries(calls).map(([name, callees]): [string, Standing] => {
    const steps = callees.length === 0 ? [codeStep('one')] : callees.map((callee) => workflowStep(`call-${callee}`, callee))
    const revision = { hash: RevisionHash.parse('a'.repeat(64)), manifest: manifestOf(name, steps), bundle: '', loadedAt: 0 }
    return [`workflows/${name}.ts`, { type: 'loaded', revision }]
  })
  return new Map(loaded)
}

/** What each file comes to: loaded, or what is said of it. */
function said(standings: Standings): Record<string, string> {
  return Object.fromEntries([...standings].map(([file, standing]) => [file.slice(10, -3), standing.type === 'loaded' ? 'loaded' : standing.error.problems.map(({ code, message }) => `${code}: ${message}`).join('; ')]))
}

const nothing: Standings = new Map()

describe('a workflow that calls another', () => {
  test('is loaded where that is', () => {
    expect(said(refuseCallers(files({ a: ['b'], b: [] }), nothing, true))).toEqual({ a: 'loaded', b: 'loaded' })
  })

  test('is refused where no file holds that, and so is who calls it', () => {
    expect(said(refuseCallers(files({ a: ['b'], b: ['c'] }), nothing, true))).toEqual({
      a: 'unknown_workflow: workflows/a.ts: step call-b calls b, which cannot be used as it is in workflows/b.ts',
      b: 'unknown_workflow: workflows/b.ts: step call-c calls c, and no file of the workspace holds a workflow called so',
    })
  })

  test('is told where that may be, where a file cannot be used', () => {
    const broken = new DefinitionError('workflows/x.ts', problemsOf('workflows/x.ts', [{ code: 'bundle_failed', message: 'it is no code', wayOut: 'mend it' }]))
    const refused = refuseCallers(files({ a: ['b'] }).set('workflows/x.ts', { type: 'refused', error: broken }), nothing, true).get('workflows/a.ts')
    expect(refused?.type === 'refused' && refused.error.problems[0].wayOut).toContain('workflows/x.ts')
  })

  test('is neither loaded nor refused until all files have been looked at', () => {
    expect(said(refuseCallers(files({ a: ['b'] }), nothing, false))).toEqual({})
    const before = files({ a: [] })
    expect(refuseCallers(files({ a: ['b'] }), before, false).get('workflows/a.ts')).toBe(before.get('workflows/a.ts'))
  })
})

test('workflows that call one another in a circle are refused, each with the way round; who calls into it is too', () => {
  const { a, b, c, d } = said(refuseCallers(files({ a: ['b'], b: ['c'], c: ['a'], d: ['a'] }), nothing, true))
  expect(a).toContain('workflow_circle: workflows/a.ts: step call-b calls b, which leads back to a: a calls b calls c calls a')
  expect(b).toContain('b calls c calls a calls b')
  expect(c).toContain('c calls a calls b calls c')
  expect(d).toContain('unknown_workflow')
  expect(said(refuseCallers(files({ a: ['a'] }), nothing, false))).toMatchObject({ a: expect.stringContaining('a calls a') })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RevisionHash } from '../../model/ids.ts'
import { Manifest } from '../../model/manifest.ts'
import { DefinitionError, problemsOf } from './definition-error.ts'
import { changes, refuseNamesakes, type Standing, type Standings } from './standing.ts'

function loaded(name: string, revision = 0): Standing {
  const manifest = Manifest.parse({
    format: 1,
    name,
    version: 1,
    file: '',
    timeout: null,
    input: {},
    inputSensitive: false,
    context: {},
    enriches: false,
    steps: [
      {
        ...{ id: 'one', kind: 'code', needs: [], join: 'all', conditional: false, optional: false, critical: false },
        ...{ onlyAsFallback: false, fallback: null, timeout: null, retry: null, onFailure: 'fail', loop: null },
        ...{ effect: null, isolated: false, compensates: false, output: null, sensitive: false },
      },
    ],
    migrations: [],
    externals: [],
  })
  const hash = RevisionHash.parse(String(revision).padStart(64, '0'))
  return { type: 'loaded', revision: { hash, manifest, bundle: '', loadedAt: 0 } }
}

function refused(message: string): Standing {
  const findings = [{ code: 'no_default_export' as const, message, wayOut: '' }]
  return { type: 'refused', error: new DefinitionError('', problemsOf('', findings)) }
}

const standing = fc.oneof(
  fc.record({ name: fc.constantFrom('a', 'b', 'c'), revision: fc.nat(1) }).map(({ name, revision }) => loaded(name, revision)),
  fc.constantFrom('broken', 'gone').map(refused),
)
const standings = fc
  .dictionary(fc.constantFrom('1.ts', '2.ts', '3.ts', '4.ts'), standing)
  .map((files) => refuseNamesakes(new Map(Object.entries(files))))

const nameOf = (one: Standing): string => (one.type === 'loaded' ? one.revision.manifest.name : '')
const summary = (all: Standings): object =>
  Object.fromEntries(
    [...all].map(([file, one]) => [file, one.type === 'loaded' ? [nameOf(one), one.revision.hash] : one.error.message]),
  )

test('events lead from any standing to any other, and no name is ever held by two files', () => {
  fc.assert(
    fc.property(standings, standings, (before, after) => {
      const now = new Map(before)
      for (const event of changes(before, after)) {
        if (event.type === 'removed') now.delete(event.file)
        else now.set(event.file, event)
        const names = [...now.values()].map(nameOf).filter((name) => name !== '')
        expect(new Set(names).size).toBe(names.length)
      }
      expect(summary(now)).toEqual(summary(after))
      expect(changes(after, after)).toEqual([])
    }),
  )
})

test('files with workflows of one name are all refused, by the name and each other', () => {
  const now = refuseNamesakes(new Map([['1.ts', loaded('a')], ['2.ts', loaded('b')], ['3.ts', loaded('a')], ['4.ts', refused('x')]]))
  expect(now.get('2.ts')).toMatchObject({ type: 'loaded' })
  expect(now.get('1.ts')).toMatchObject({
    error: { problems: [{ code: 'duplicate_workflow', message: '1.ts: it holds a workflow called a, and so does 3.ts' }] },
  })
  expect(now.get('3.ts')).toMatchObject({ error: { problems: [{ code: 'duplicate_workflow', file: '3.ts' }] } })
})

test('a file that holds another workflow gives the old one up first', () => {
  const before = new Map([['1.ts', loaded('a')], ['2.ts', loaded('b')]])
  const after = new Map([['1.ts', loaded('b')], ['2.ts', loaded('a')]])
  expect(changes(before, after).map(({ type, file }) => `${type} ${file}`)).toEqual([
    'removed 1.ts',
    'removed 2.ts',
    'loaded 1.ts',
    'loaded 2.ts',
  ])
})

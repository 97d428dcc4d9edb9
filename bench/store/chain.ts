import { RevisionHash } from '../../src/model/ids.ts'
import { codeStep, manifestOf } from '../../src/model/manifest.fixture.ts'
import type { Revision } from '../../src/model/revision.ts'

/** Steps `s0`, `s1` and so on, each after the one before it. */
export function chain(steps: number): Revision {
  const ids = [...Array(steps).keys()].map((index) => codeStep(`s${index}`, index === 0 ? [] : [`s${index - 1}`]))
  return { hash: RevisionHash.parse('ab'.repeat(32)), manifest: manifestOf('chain', ids), bundle: '', loadedAt: 0 }
}

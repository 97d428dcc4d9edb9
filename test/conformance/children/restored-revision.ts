import { RevisionHash } from '../../../src/model/ids.ts'
import { approvalStep, codeStep, manifestOf, waitStep } from '../../../src/model/manifest.fixture.ts'
import type { Revision } from '../../../src/model/revision.ts'

/** What the runs are of that are sent back and killed: it comes to rest with a step, a question and a timer. */
export const restoredRevision: Revision = {
  hash: RevisionHash.parse('cd'.repeat(32)),
  loadedAt: 0,
  bundle: '',
  manifest: manifestOf('resting', [
    codeStep('a'),
    codeStep('b', ['a']),
    codeStep('stay', ['a']),
    waitStep('later', ['a'], 3_600_000),
    approvalStep('ok', ['b']),
    codeStep('end', ['stay', 'later', 'ok']),
  ]),
}

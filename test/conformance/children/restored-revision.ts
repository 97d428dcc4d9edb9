import { RevisionHash } from '../../../src/model/ids.ts'
import { approvalStep, codeStep, manifestOf, waitStep, workflowStep } from '../../../src/model/manifest.fixture.ts'
import type { Revision } from '../../../src/model/revision.ts'

const loaded = { loadedAt: 0, bundle: '' }

/** What the runs are of that are sent back and killed: it comes to rest with a step, a question, a timer and a child. */
export const restoredRevision: Revision = {
  ...loaded,
  hash: RevisionHash.parse('cd'.repeat(32)),
  manifest: manifestOf('resting', [
    codeStep('a'),
    codeStep('b', ['a']),
    codeStep('stay', ['a']),
    waitStep('later', ['a'], 3_600_000),
    approvalStep('ok', ['b']),
    workflowStep('below', 'staying', ['a']),
    codeStep('end', ['stay', 'later', 'ok', 'below']),
  ]),
}

/** What its author makes of it: it rests as it did, by way of another step. */
export const laterRevision: Revision = {
  ...loaded,
  hash: RevisionHash.parse('ce'.repeat(32)),
  manifest: manifestOf(
    'resting',
    [...restoredRevision.manifest.steps.filter(({ id }) => id !== 'b' && id !== 'ok'), codeStep('c', ['a']), codeStep('d', ['a']), approvalStep('ok', ['c'])],
    { version: 2, migrations: [1] },
  ),
}

/** What its child is of. */
export const belowRevision: Revision = { ...loaded, hash: RevisionHash.parse('cf'.repeat(32)), manifest: manifestOf('staying', [codeStep('stay')]) }

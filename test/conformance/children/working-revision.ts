import { RevisionHash, StepId } from '../../../src/model/ids.ts'
import { approvalStep, codeStep, manifestOf, waitStep, workflowStep } from '../../../src/model/manifest.fixture.ts'
import type { Revision } from '../../../src/model/revision.ts'

const first = StepId.parse('draft')

/** What the runs are of that are worked on until their host is killed: reviewers at once, a loop, a retry, a child, a question, an effect. */
export const workingRevision: Revision = {
  hash: RevisionHash.parse('ef'.repeat(32)),
  loadedAt: 0,
  bundle: '',
  manifest: manifestOf('working', [
    codeStep('draft'),
    codeStep('grammar', ['draft']),
    codeStep('style', ['draft'], { retry: { attempts: 3, initial: 2, factor: 1, max: 2, jitter: 0 } }),
    waitStep('rest', ['draft'], 3),
    codeStep('finalise', ['grammar', 'style', 'rest'], { loop: { to: [first], max: 2, onLimit: 'continue' } }),
    workflowStep('post', 'posting', ['finalise']),
    approvalStep('ok', ['post']),
    codeStep('send', ['ok'], { effect: { repeat: 'unsafe' } }),
    codeStep('note', ['send']),
  ]),
}

/** What their children are of: one for each, with an effect of its own. */
export const childRevision: Revision = {
  hash: RevisionHash.parse('ec'.repeat(32)),
  loadedAt: 0,
  bundle: '',
  manifest: manifestOf('posting', [
    codeStep('address'),
    codeStep('send', ['address'], { effect: { repeat: 'unsafe' } }),
  ]),
}

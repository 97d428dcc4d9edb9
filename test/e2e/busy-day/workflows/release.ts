/** Build, test, deploy: tests that fail now and then, a deployment that a person lets through, a way back. */
import { PermanentError, TransientError, workflow, z } from 'cairn'

const Input = z.object({
  service: z.enum(['web', 'billing', 'search']).describe('What is released'),
  commit: z.string().regex(/^[0-9a-f]{7}$/).describe('Short hash of the commit'),
  /** How the day goes, so that a run can be told to go wrong. */
  luck: z.enum(['good', 'flaky', 'broken-tests', 'host-down']).default('good'),
  notes: z.string().max(2_000).optional(),
})
const Report = z.object({ passed: z.int(), failed: z.int(), seconds: z.number() })

const took = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

export default workflow('release', {
  version: 3,
  title: 'Release',
  description: 'Builds a commit, tests it in parallel, asks before production, deploys, and rolls back where that fails.',
  input: Input,
  timeout: '30m',
})
  .step('checkout', { title: 'Check out', timeout: '30s' }, async ({ input, log }) => {
    await took(120)
    log.info(`fetched ${input.commit}`)
    return { files: 1_284, commit: input.commit }
  })
  .step('build', { title: 'Build', needs: ['checkout'], timeout: '2m', critical: true }, async ({ progress, log }) => {
    for (let part = 1; part <= 5; part += 1) {
      await took(80)
      progress(part / 5, `module ${part} of 5`)
      log.info(`compiled module ${part}`)
    }
    return { image: 'registry/app:latest', megabytes: 184 }
  })
  .step('unit', { title: 'Unit tests', needs: ['build'], output: Report, retry: { attempts: 3, initial: '300ms' } }, async ({ input, attempt }) => {
    await took(200)
    if (input.luck === 'flaky' && attempt < 3) throw new TransientError('2 of 412 tests timed out: socket hang up')
    if (input.luck === 'broken-tests') throw new PermanentError('3 of 412 tests failed: expected 200, got 500')
    return { passed: 412, failed: 0, seconds: 31.2 }
  })
  .step('browser', { title: 'Browser tests', needs: ['build'], output: Report, optional: true }, async ({ input }) => {
    await took(350)
    if (input.luck === 'flaky') throw new PermanentError('the screenshot of the checkout differs in 214 pixels')
    return { passed: 58, failed: 0, seconds: 74.5 }
  })
  .step('audit', { title: 'Dependency audit', needs: ['checkout'], optional: true, when: ({ input }) => input.service !== 'search' }, async () => {
    await took(150)
    return { advisories: 0 }
  })
  .approval('promote', {
    title: 'Promote to production',
    needs: ['unit', 'browser', 'audit'],
    join: 'settled',
    shows: ({ input, outputs }) => ({
      service: input.service,
      commit: input.commit,
      'unit tests': `${outputs.unit?.passed ?? 0} passed`,
      'image size': '184 MB',
      notes: input.notes ?? 'No notes were given for this release.',
    }),
    actions: { primary: 'deploy', secondary: ['rebuild', 'reject'] },
    deadline: '4h',
    next: { to: ['build'], max: 3, choose: ({ action }) => (action === 'rebuild' ? 'build' : undefined) },
  })
  .step(
    'deploy',
    {
      title: 'Deploy',
      needs: ['promote'],
      effect: { repeat: 'safe' },
      timeout: '10s',
      retry: { attempts: 3, initial: '400ms', factor: 2 },
      fallback: 'rollback',
      compensate: ({ log }) => log.warn('put the version before back'),
    },
    async ({ input, progress }) => {
      for (let host = 1; host <= 3; host += 1) {
        await took(90)
        progress(host / 3, `host ${host} of 3`)
        if (input.luck === 'host-down' && host === 2) throw new TransientError('connect ECONNREFUSED 10.0.4.17:22')
      }
      return { hosts: 3, version: input.commit }
    },
  )
  .step('rollback', { title: 'Roll back', onlyAsFallback: true, effect: { repeat: 'safe' } }, async () => {
    await took(150)
    return { hosts: 3, version: 'the one before' }
  })
  .step('announce', { title: 'Announce', needs: ['deploy'] }, async ({ outputs }) => {
    await took(60)
    return { told: 14, version: outputs.deploy.version }
  })

/**
 * A release of a small project: it is generated, built, tested, deployed, verified and announced, by programs that really run.
 * The input says what goes wrong, so that each way in which Cairn gets over an error can be watched.
 */
import { workflow } from 'cairn'
import { digestOf, folderOf } from './release/artefact.ts'
import { Input } from './release/input.ts'
import { Notice, notice } from './release/notice.ts'
import { tool } from './release/tool.ts'

export default workflow('release', {
  version: 1,
  title: 'Release',
  description: 'Generates a small project, builds and tests it, deploys it, looks whether it is well, and announces it.',
  input: Input,
  timeout: '10m',
})
  .shell('generate', { title: 'Generate the project', effect: 'none' }, ({ input }) => tool('generate', input.version, ...input.trouble))
  // A build that hangs is ended at its timeout, with all that it has started. By the settings of this workspace the next try has more time,
  // and where what was generated is torn, the run begins anew.
  .shell(
    'build',
    { title: 'Build', needs: ['generate'], effect: 'none', timeout: '5s', retry: { attempts: 3, initial: '300ms' } },
    ({ input, outputs }) => tool('build', folderOf(outputs.generate), ...input.trouble),
  )
  // 73 says that it lacked something that others have: that is waited for. Where it fails for good it is left out, since nobody needs it.
  .shell(
    'manual',
    { title: 'Write the manual', needs: ['generate'], effect: 'none', exits: { 73: 'resource' }, optional: true },
    ({ input, outputs }) => tool('manual', folderOf(outputs.generate), ...input.trouble),
  )
  // 75 says that something was away: it may be there at the next try. 65 says that the build is at fault: by the settings, the run goes
  // back to before it. Where tests fail for good, a person is asked.
  .shell(
    'test',
    { title: 'Test', needs: ['build'], effect: 'none', exits: { 65: 'validation', 75: 'transient' }, retry: { attempts: 4, initial: '300ms' }, onFailure: 'ask' },
    ({ input, outputs }) => tool('test', folderOf(outputs.generate), ...input.trouble),
  )
  // Deploying the same once more changes nothing, so it may run again by itself; where a later step fails it is taken back. A place that is
  // frozen takes nothing: by the settings, the run is queued for later.
  .shell(
    'deploy',
    {
      title: 'Deploy',
      needs: ['test', 'manual'],
      effect: { repeat: 'safe' },
      critical: true,
      savepoint: 'before-deploy',
      compensate: ({ input, outputs }) => tool('rollback', input.place, digestOf(outputs.build)),
    },
    ({ input, outputs }) => tool('deploy', folderOf(outputs.generate), input.place, digestOf(outputs.build), ...input.trouble),
  )
  // 65 says that what is live is not what was built: by the settings, the deployment is taken back and made anew.
  .shell(
    'verify',
    { title: 'Look whether it is well', needs: ['deploy'], effect: 'none', exits: { 65: 'validation' } },
    ({ input, outputs }) => tool('verify', input.place, digestOf(outputs.build), ...input.trouble),
  )
  .shell(
    'announce',
    { title: 'Announce it', needs: ['verify'], effect: { repeat: 'safe' }, retry: { attempts: 1 }, fallback: 'noteDown' },
    ({ input }) => tool('announce', input.place, input.version, ...input.trouble),
  )
  .step(
    'noteDown',
    { title: 'Note down what to announce', needs: ['verify'], output: Notice, onlyAsFallback: true },
    ({ input }) => notice(input),
  )

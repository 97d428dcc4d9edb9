import { z } from 'zod'
import { duration } from './spelled.ts'

const time = duration({ least: '100ms', most: '30d', like: '10m' }).nullable().default(null)

/** How long things may take of which their definition says nothing: what hangs is not noticed by anything else. */
export const StepTimeouts = z
  .object({
    step: time.describe(
      'How long one try of a step may take whose definition says nothing of it, and one of what undoes it: a step of code, a program or a mail. A request has a minute then.',
    ),
    critical_step: time.describe('The same of a step that its definition calls critical; as of any other where nothing is said here.'),
    heartbeat: time.describe('How long a try of a step of code may go without a heartbeat whose definition says nothing of it. It is for steps that have some.'),
  })
  .describe('When a step is taken to hang of which its definition does not say it.')

export const Timeouts = StepTimeouts.extend({
  run: time.describe('How long a run may take whose workflow says nothing of it. Waiting for a person or in a `wait` does not count.'),
}).describe('When a run or a step is taken to hang of which its definition does not say it.')
export type Timeouts = z.infer<typeof Timeouts>

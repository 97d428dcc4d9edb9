import { z } from 'zod'
import { FailureClass } from '../failure.ts'
import { RunStrategy } from '../recovery-strategy.ts'
import { duration } from './spelled.ts'

/** What follows where nobody answers in time. Nothing is ever taken to be approved by that. */
export const AtDeadline = z.enum(['fail', 'skip', 'go_on'])
export type AtDeadline = z.infer<typeof AtDeadline>

export const ManualIntervention = z
  .object({
    ask_for: z
      .array(FailureClass)
      .max(20)
      .default([])
      .describe(
        'Failures of these classes are put to a person once it is the turn of `ask` in the chain, also where the definition of the step does not have a person asked.',
      ),
    deadline: duration({ least: '1s', like: '8h' })
      .nullable()
      .default(null)
      .describe('How long such a question is open, from when it is asked. It stays so for as long as it takes where nothing is said.'),
    at_deadline: AtDeadline.default('fail').describe(
      'What follows where nobody has answered by then: `fail` lets the step fail, `skip` leaves it out if it is optional and lets it fail otherwise, `go_on` does what stands behind `ask` in the chain. What was told when the question was asked is what happens.',
    ),
    recover: z
      .array(RunStrategy)
      .max(20)
      .default(['restore_valid', 'retry', 'restart_from_checkpoint', 'restart'])
      .describe(
        'What `cairn recover` may do about a run that has failed, in the order in which it is looked at: the first that applies is done.',
      ),
  })
  .describe('When a person is asked what is to be done about a failure, and what follows where nobody answers.')
export type ManualIntervention = z.infer<typeof ManualIntervention>

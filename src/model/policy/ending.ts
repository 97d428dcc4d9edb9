import { z } from 'zod'
import { duration } from './spelled.ts'

export const Ending = z
  .object({
    grace: duration({ least: '0s', most: '24h', like: '10s' })
      .default(10_000)
      .describe(
        'What is inside an effect that must not be repeated by guess has so long to end once a person cancels its run, or the run ran out of its time. Then it is cut off, with all that a program started, and a person is asked whether it happened.',
      ),
  })
  .describe('How a run is brought to its end before it is through.')
export type Ending = z.infer<typeof Ending>

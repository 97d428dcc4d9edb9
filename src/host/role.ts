import { z } from 'zod'

/**
 * What a host does with runs. `serve` takes up every unfinished run, and follows the workflows as they change; `start`
 * has the workflows as they are now, for new runs; `act` only goes on with the run that something is done to; `read`
 * runs no code at all, so that nobody has to trust it. All but the first last for one command.
 */
export const Role = z.enum(['serve', 'start', 'act', 'read'])
export type Role = z.infer<typeof Role>

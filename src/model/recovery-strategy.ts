import { z } from 'zod'

/**
 * What the engine does about an error, by name. `retry`: the step is tried again after its backoff. `fallback`: the step that
 * stands in for it has its turn. `longer_timeout`: it is tried again with more time. `wait_for_resource`: it is tried again with more
 * memory or processor time, or once what it lacks may be there again. `skip`: an optional step is left out. `rollback`: what completed since a savepoint is
 * compensated, and the run goes on from there. `ask`: a person decides. `fail`: the run ends, and what
 * completed is compensated.
 */
export const StrategyName = z.enum(['retry', 'longer_timeout', 'wait_for_resource', 'fallback', 'skip', 'rollback', 'ask', 'fail'])
export type StrategyName = z.infer<typeof StrategyName>

/** Everything that may be done about an error: what policy chooses among, and `check`, by which a step in doubt asks its receiver. */
export const Measure = z.enum([...StrategyName.options, 'check'])
export type Measure = z.infer<typeof Measure>

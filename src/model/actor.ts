import { z } from 'zod'

/** Who did it: a person by name, the engine by rule, the host by starting or stopping. */
export const Actor = z.object({ kind: z.enum(['person', 'engine', 'host']), name: z.string().min(1).max(200) })
export type Actor = z.infer<typeof Actor>

export const engineActor: Actor = { kind: 'engine', name: 'engine' }
export const hostActor: Actor = { kind: 'host', name: 'host' }

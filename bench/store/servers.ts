import type { ContenderName } from './contenders.ts'
import type { Place } from './contender.ts'
import { startDatabase } from './dbos-database.ts'
import { startRestate } from './restate-server.ts'
import type { Server } from './server.ts'

type Start = (place: Place) => Promise<Server>

/** Of the contenders that keep their runs in a server: what starts it. */
const servers = new Map<string, Start>([
  ['dbos', startDatabase],
  ['restate', startRestate],
] satisfies [ContenderName, Start][])

/** Undefined for a contender that keeps its runs by itself. */
export function serverOf(contender: string, place: Place): Promise<Server> | undefined {
  return servers.get(contender)?.(place)
}

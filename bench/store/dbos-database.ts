/** PostgreSQL with the tables that DBOS keeps its runs in: made beforehand, as its documents have it for several processes. */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { Place } from './contender.ts'
import { startPostgres } from './postgres.ts'
import type { Server } from './server.ts'

export async function startDatabase(place: Place): Promise<Server> {
  const server = await startPostgres(place)
  try {
    const sdk = createRequire(import.meta.url).resolve('@dbos-inc/dbos-sdk')
    await promisify(execFile)(process.execPath, [join(dirname(sdk), 'cli', 'cli.js'), 'schema', server.address])
    return server
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
}

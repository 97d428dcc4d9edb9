/**
 * Restate's server for one measurement: one node, with a folder there, on free ports of loopback. Its settings are those that it
 * comes with, but for its partitions: of the 24 that it would make, a machine of few cores has only the cost.
 */
import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Place } from './contender.ts'
import { type Server, started } from './server.ts'

const listens = /"server\.port":(\d+),"server_name":"([a-z-]+)"/

/** Answers two addresses: where runs are asked for, and where it is told of the code that runs them. */
export async function startRestate({ folder, durability }: Place): Promise<Server> {
  const file = createRequire(import.meta.url).resolve(`@restatedev/restate-server-${process.platform}-${process.arch}/bin/restate-server`)
  const ports = new Map<string, string>()
  return started({
    file,
    args: [
      ...['--base-dir', join(folder, 'restate'), '--node-name', 'bench', '--no-logo', '--log-format', 'json'],
      ...['--listen-mode', 'tcp', '--bind-ip', '127.0.0.1', '--use-random-ports', 'true'],
      ...['--default-num-partitions', String(2 * availableParallelism())],
    ],
    options: {
      env: {
        ...process.env,
        RESTATE_DISABLE_TELEMETRY: 'true',
        // What happens to a run is in its log, and what it shows of it follows from that.
        RESTATE_LOG_SERVER__ROCKSDB_DISABLE_WAL_FSYNC: String(durability === 'normal'),
      },
    },
    addressIn: (line) => {
      const [, port, name] = listens.exec(line) ?? []
      if (port !== undefined && name !== undefined) ports.set(name, port)
      const [ingress, admin] = [ports.get('http-ingress-server'), ports.get('admin-api-server')]
      return ingress === undefined || admin === undefined ? undefined : `http://127.0.0.1:${ingress} http://127.0.0.1:${admin}`
    },
    end: 'SIGKILL',
  })
}

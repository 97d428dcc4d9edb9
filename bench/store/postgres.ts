/**
 * A PostgreSQL for one measurement: a cluster in the measurement's folder, which answers on a socket there and nowhere else. Its
 * settings are those that it comes with.
 */
import { execFile } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import type { Place } from './contender.ts'
import { type Server, started } from './server.ts'

const run = promisify(execFile)

/** Whether an fsync comes before a commit is answered, or soon after. The cluster is whole after a power cut either way. */
const synchronousCommit = { full: 'on', normal: 'off' } as const

/** Answers where a database of it is; the database itself is yet to be made. */
export async function startPostgres({ folder, durability }: Place): Promise<Server> {
  const programs = folderOfPrograms()
  const data = join(folder, 'postgres')
  mkdirSync(data)
  const user = process.getuid?.() === 0 ? await ordinaryUser() : undefined
  if (user !== undefined) {
    // A temporary folder is its maker's alone, who is root; that user has to get through it.
    chmodSync(folder, 0o711)
    chownSync(data, user.uid, user.gid)
  }
  const options = { ...user, cwd: data, env: { ...process.env, LC_ALL: 'C' } }
  await run(join(programs, 'initdb'), ['-D', data, '-U', 'bench', '--auth=trust', '--encoding=UTF8'], options)
  const settings = {
    listen_addresses: '',
    unix_socket_directories: data,
    fsync: 'on',
    synchronous_commit: synchronousCommit[durability],
  }
  return started({
    file: join(programs, 'postgres'),
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    options,
    addressIn: (line) => (line.includes('ready to accept connections') ? `postgresql://bench@localhost/bench?host=${data}` : undefined),
    // It frees what it shares with its processes, and leaves the rest as it stands.
    end: 'SIGQUIT',
  })
}

/** On the path, or where Debian keeps them by version. */
function folderOfPrograms(): string {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : []
  const places = [...(process.env['PATH'] ?? '').split(delimiter), ...versions.map((version) => join(debian, version, 'bin'))]
  const found = places.find((place) => existsSync(join(place, 'initdb')))
  if (found === undefined) throw new Error('PostgreSQL is not installed')
  return found
}

interface User {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root, and its package brings a user for it. */
async function ordinaryUser(): Promise<User> {
  const id = async (which: string): Promise<number> => Number((await run('id', [which, 'postgres'])).stdout)
  return { uid: await id('-u'), gid: await id('-g') }
}

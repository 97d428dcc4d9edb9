/** A command's way to a host: the one that owns the workspace, or one of its own for as long as the command lasts. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '../client/client.ts'
import { Disconnected, Unanswered } from '../client/line.ts'
import { backOffAtMost } from '../client/resume.ts'
import { connectSocket } from '../client/socket.ts'
import type { HostInfo } from '../contract/host.ts'
import { type HostOptions, startHost } from '../host/start.ts'
import { Role } from '../host/role.ts'
import { StartRefused, type StartTrouble } from '../host/start-refused.ts'
import type { Terminal } from '../host/terminal.ts'
import { readHostFile } from '../host/workspace/host-file.ts'
import { layoutOf } from '../host/workspace/layout.ts'
import { defaultWorkspace } from '../host/workspace/places.ts'
import { askTrust } from '../host/ask-trust.ts'
import type { Context } from './context.ts'
import { UsageError } from './trouble.ts'
import { withWaysOn } from './ways-on.ts'

type CommandRole = Exclude<Role, 'serve'>

export interface Session {
  readonly client: Client
  readonly workspace: string
  /** Whether the host ends with the command: what is under way then is interrupted. */
  readonly embedded: boolean
  /** Set where nothing can be written: what is found now is remembered nowhere. */
  readonly looks?: boolean
}

/** How often a command that lost its host asks for it again, some ten seconds in all, before it says so. */
const attempts = 8

/** After how many seconds a host that takes no connection is no longer waited for. */
const silence = 5

/** A host that is being started or stopped answers soon: how often it is asked again, and after how many milliseconds. */
const patience = { times: 50, wait: 100 }

/** Reads with a client of the workspace's host. Where there is none, nothing runs and nothing is taken up. */
export function reading<T>(context: Context, command: (session: Session) => Promise<T>): Promise<T> {
  return withHost(context, 'read', command)
}

/**
 * Acts with a client of the workspace's host. Where there is none, only the run that the command acts on is taken up:
 * others would be cut off again when it ends.
 */
export function acting<T>(context: Context, command: (session: Session) => Promise<T>): Promise<T> {
  return withHost(context, 'act', command)
}

/** As `acting`, with the workflows at hand as they are now: that new runs are started of, or others go on with. */
export function starting<T>(context: Context, command: (session: Session) => Promise<T>): Promise<T> {
  return withHost(context, 'start', command)
}

async function withHost<T>(context: Context, role: CommandRole, command: (session: Session) => Promise<T>): Promise<T> {
  const workspace = findWorkspace(context)
  const options = { ...context.programs, workspace, port: null, role, trusts: askTrust(context.terminal, context.trust) }
  for (let left = patience.times; ; left -= 1) {
    const client = await connectRunning(workspace, role)
    if (client !== undefined) return using({ client, workspace, embedded: false }, command)
    const host = await startOwn(options, left === 0)
    if (host !== undefined) {
      tellAlarms(context, host.info())
      try {
        return await using({ client: connectSocket(host.socket), workspace, embedded: true }, command)
      } finally {
        await host.close()
      }
    }
    await pause(patience.wait)
  }
}

/** What is wrong with a host that nobody else hears of. */
export function tellAlarms({ terminal }: Pick<Context, 'terminal'>, { alarm, unlogged }: Pick<HostInfo, 'alarm' | 'unlogged'>): void {
  for (const [word, failure] of Object.entries({ ALARM: alarm, 'no log': unlogged })) {
    if (failure !== null) terminal.err(`${word}: ${failure.message}; ${failure.wayOut ?? ''}`)
  }
}

async function using<T>(session: Session, command: (session: Session) => Promise<T>): Promise<T> {
  try {
    return await command(session)
  } finally {
    session.client.close()
  }
}

/** The workspace named, else the one around the current folder, else the one that the first start made. */
export function findWorkspace({ workspace, terminal }: { readonly workspace: string | undefined; readonly terminal: Pick<Terminal, 'cwd'> }): string {
  if (workspace === '') throw new UsageError('--workspace names nothing: name a folder, or leave it out')
  if (workspace !== undefined) return resolve(terminal.cwd, workspace)
  for (let folder = terminal.cwd; ; folder = dirname(folder)) {
    const { config, private: stored } = layoutOf(folder)
    // Its settings may be left out; a folder workflows is many a project's, too.
    if (existsSync(config) || existsSync(stored)) return folder
    if (folder === dirname(folder)) break
  }
  if (existsSync(defaultWorkspace())) return defaultWorkspace()
  throw new UsageError(
    `no workspace here or in a folder above, and none at ${defaultWorkspace()} yet: ` +
      'name one with --workspace, make one with cairn init, or start Cairn once, which makes the example',
  )
}

/**
 * Whose host does for a command. Another command's host ends with that command: it does for what takes but a moment,
 * and a run that is started there would be left.
 */
const suits: Readonly<Record<CommandRole, readonly Role[]>> = {
  read: Role.options,
  act: ['serve', 'start'],
  start: ['serve'],
}

/** Undefined where no host runs that does. @throws Unanswered where one does, and answers nothing */
async function connectRunning(workspace: string, role: CommandRole): Promise<Client | undefined> {
  const file = readHostFile(layoutOf(workspace).hostFile)
  if (file === undefined || !suits[role].includes(file.role)) return undefined
  const client = connectSocket(file.socket, backOffAtMost(attempts), silence)
  try {
    await client.api.host.health()
    return client
  } catch (error) {
    client.close()
    if (error instanceof Unanswered) {
      const wayOut = 'wait and try again, or end that process (by force, where it is stopped): nothing that is stored is lost, and runs go on with the next host'
      throw new Unanswered(`the host of ${workspace} (process ${file.pid}) has not answered for ${silence} s: ${wayOut}`, { cause: error })
    }
    if (error instanceof Disconnected) return undefined
    throw error
  }
}

/** Why no command does anything with a workspace before somebody has looked after its store. */
const ofTheStore: readonly StartTrouble[] = ['newer', 'store', 'key', 'unencrypted']

/** Undefined where another process owns the workspace, unless that is the last word. */
async function startOwn(options: HostOptions, last: boolean) {
  try {
    return await startHost(options)
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error
    if (ofTheStore.includes(error.trouble)) throw await withWaysOn(error, options.workspace)
    if (error.trouble !== 'owned') throw error
    if (last) throw busy(options.workspace) ?? (await withWaysOn(error, options.workspace))
    return undefined
  }
}

/** Undefined where it is no command that owns the workspace. */
function busy(workspace: string): StartRefused | undefined {
  const file = readHostFile(layoutOf(workspace).hostFile)
  if (file === undefined || file.role === 'serve') return undefined
  const wayOut = 'try again once it has ended, or start a host with cairn serve, which does for all of them'
  return new StartRefused('owned', `another command (process ${file.pid}) is at work on ${workspace}: ${wayOut}`)
}

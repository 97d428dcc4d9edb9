import { join, resolve } from 'node:path'

/** Where everything of a workspace stands. */
export interface Layout {
  readonly root: string
  readonly config: string
  readonly workflows: string
  /** The store and what belongs to it; nobody but the user may read it. */
  readonly private: string
  readonly logs: string
  /** Copies of the store that nobody named a file for. */
  readonly backups: string
  readonly mail: string
  readonly token: string
  /** The store's key, where the desktop made it: only its user's keychain opens it. */
  readonly keychain: string
  /** Which run a host was at work on when it ended. */
  readonly lastWork: string
  /** Which runs hosts have ended over, and when. */
  readonly endedOver: string
  /** Says where the host that owns the workspace listens. */
  readonly hostFile: string
  /** Leads a browser to the console, with the token. */
  readonly entrance: string
}

export const configName = 'cairn.config.yaml'

export function layoutOf(folder: string): Layout {
  const root = resolve(folder)
  const inside = join(root, '.cairn')
  return {
    root,
    config: join(root, configName),
    workflows: join(root, 'workflows'),
    private: inside,
    logs: join(inside, 'logs'),
    backups: join(inside, 'backups'),
    mail: join(inside, 'mail'),
    token: join(inside, 'token'),
    keychain: join(inside, 'key.keychain'),
    lastWork: join(inside, 'last-work'),
    endedOver: join(inside, 'ended-over.json'),
    hostFile: join(inside, 'host.json'),
    entrance: join(inside, 'console.html'),
  }
}

/**
 * What there was too little of, as the codes of errors say it: of the system, of SQLite, of PostgreSQL (its class 53) and of
 * MySQL. It may be there again later, so that whoever lacks it waits, and is told how not to.
 */
export type Lack = 'disk' | 'memory' | 'connections' | 'open files'

const lacks: Readonly<Record<Lack, readonly string[]>> = {
  disk: ['ENOSPC', 'EDQUOT', 'SQLITE_FULL', '53100'],
  memory: ['ENOMEM', 'SQLITE_NOMEM', 'ERR_WORKER_OUT_OF_MEMORY', '53200'],
  // The first two are of this machine: it has no port, or no buffer, left for one more.
  connections: ['EADDRNOTAVAIL', 'ENOBUFS', '53300', 'ER_CON_COUNT_ERROR', 'ER_TOO_MANY_USER_CONNECTIONS'],
  'open files': ['EMFILE', 'ENFILE'],
}

const byCode: ReadonlyMap<string, Lack> = new Map(
  (['disk', 'memory', 'connections', 'open files'] as const).flatMap((lack) => lacks[lack].map((code) => [code, lack])),
)

/** What the code of an error says is used up; undefined where it says nothing of the kind. */
export function lackOf(code: string): Lack | undefined {
  return byCode.get(code)
}

/** What a person can do about it. */
export const lackWaysOut: Readonly<Record<Lack, string>> = {
  disk: 'make room on the disk that it writes to',
  memory: 'let fewer steps run at once (uses, and resources in cairn.config.yaml), or give the machine more memory',
  connections: 'let fewer steps connect at once (uses, and resources in cairn.config.yaml), or let whoever is reached take more connections',
  'open files': 'let fewer steps run at once (uses, and resources in cairn.config.yaml), or raise the limit of open files (ulimit -n)',
}

import { readFileSync, rmSync } from 'node:fs'
import { z } from 'zod'
import { Instant } from '../../model/ids.ts'
import { Role } from '../role.ts'
import { replaceFile } from './replace-file.ts'

/** What a running host says of itself in `.cairn/host.json`. A host that was killed leaves it behind. */
export const HostFile = z.object({
  pid: z.int(),
  version: z.string(),
  role: Role,
  startedAt: Instant,
  /** The loopback port, where the host has one. */
  url: z.string().nullable(),
  /** The socket or named pipe, which needs no token. */
  socket: z.string(),
  /** The file that holds the token of the loopback port. */
  tokenFile: z.string(),
})
export type HostFile = z.infer<typeof HostFile>

export function writeHostFile(file: string, host: HostFile): void {
  replaceFile(file, `${JSON.stringify(host, null, 2)}\n`)
}

export function readHostFile(file: string): HostFile | undefined {
  try {
    return HostFile.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

export function removeHostFile(file: string): void {
  rmSync(file, { force: true })
}

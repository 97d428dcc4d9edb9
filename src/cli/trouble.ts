import { ORPCError } from '@orpc/client'
import { z } from 'zod'
import { errors } from '../contract/errors.ts'
import { Disconnected } from '../client/line.ts'
import type { Failure } from '../model/failure.ts'
import { exitCodeOfStart } from '../host/exit-codes.ts'
import { FileRefused } from '../host/file-refused.ts'
import { StartRefused } from '../host/start-refused.ts'
import { exitCodes } from './exit-codes.ts'

/** What a person gave does not do. The message says what would. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export interface Told {
  readonly message: string
  readonly exitCode: number
}

/** What is said of an error that was to be expected, and the exit code; undefined for a fault of the program. */
export function tell(error: unknown): Told | undefined {
  if (error instanceof UsageError || error instanceof FileRefused) return { message: error.message, exitCode: exitCodes.refused }
  if (error instanceof StartRefused) return { message: error.message, exitCode: exitCodeOfStart[error.trouble] }
  if (error instanceof Disconnected) return { message: error.message, exitCode: exitCodes.unreachable }
  return error instanceof ORPCError ? tellAnswer(String(error.code), error.message, error.data) : undefined
}

function tellAnswer(code: string, message: string, data: unknown): Told {
  switch (code) {
    case 'BAD_REQUEST': {
      const issues = errors.BAD_REQUEST.data.safeParse(data).data?.issues ?? []
      const lines = issues.map((issue) => `${[...(issue.path ?? []), ''].join('.').slice(0, -1)}: ${issue.message}`)
      return { message: headed(message, lines), exitCode: exitCodes.refused }
    }
    case 'REFUSED': {
      const failures = errors.REFUSED.data.safeParse(data).data?.failures ?? []
      return { message: headed(message, failures.map(failureLine)), exitCode: exitCodes.refused }
    }
    case 'CONFLICT': {
      const now = z.object({ status: z.string() }).safeParse(data).data
      return { message: `${message}${now === undefined || message.includes(now.status) ? '' : ` (the run is ${now.status})`}`, exitCode: exitCodes.conflict }
    }
    case 'NOT_FOUND':
      return { message, exitCode: exitCodes.refused }
    case 'BUSY':
      return { message, exitCode: exitCodes.busy }
    case 'UNAVAILABLE': {
      const fault = errors.UNAVAILABLE.data.safeParse(data).data?.fault ?? null
      return { message, exitCode: fault === null ? exitCodes.unreachable : exitCodeOfStart.store }
    }
    case 'CORRUPTION':
      return { message: `${message}; cairn verify tells all that is damaged, cairn restore-backup FILE brings a backup back`, exitCode: exitCodes.damaged }
    default:
      return { message, exitCode: exitCodes.failed }
  }
}

/** Lines under a heading. One line says it all by itself. */
function headed(heading: string, lines: readonly string[]): string {
  return lines.length === 1 ? lines.join() : [heading, ...lines.map((line) => `  ${line}`)].join('\n')
}

/** A failure in one line: where, what, and what to do about it. */
function failureLine({ path, message, wayOut }: Failure): string {
  const where = path === undefined || message.startsWith(path) ? '' : `${path}: `
  return `${where}${message}${wayOut === undefined ? '' : `; ${wayOut}`}`
}

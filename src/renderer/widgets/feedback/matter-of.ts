import { ORPCError } from '@orpc/client'

/** Where it is said why the host cannot tell something: what passes, or what is damaged. */
export function matterOf(error: Error) {
  const isFault = error instanceof ORPCError && error.code === 'UNAVAILABLE'
  return isFault ? ({ to: '/attention', words: 'What is the matter' } as const) : ({ to: '/integrity', words: 'What is damaged, and backups' } as const)
}

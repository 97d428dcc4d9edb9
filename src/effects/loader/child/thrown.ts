import { sep } from 'node:path'
import { failureOf } from '../../executor/child/failure.ts'
import type { Finding } from '../definition-error.ts'

/** What a module's own code threw while it was loaded, told by the author's own lines. */
export function thrown(error: unknown, workspace: string): Finding {
  const { name, message, stack } = failureOf(error)
  return {
    code: 'load_threw',
    message: `it threw while it was loaded: ${name}: ${message}`,
    wayOut: 'correct the code at its top level; what may fail belongs in a handler',
    stack: stack && withinWorkspace(stack, workspace),
  }
}

/** With paths as an author knows them. */
function withinWorkspace(stack: string, workspace: string): string {
  return stack.replaceAll(`${workspace}${sep}`, '')
}

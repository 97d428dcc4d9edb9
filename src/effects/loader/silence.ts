import type { Finding } from './definition-error.ts'
import type { LoaderLimits, Silence } from './loader-process.ts'

/** What a process says by ending without an answer. */
export function findingOf(silence: Silence, { timeout, memory }: Pick<LoaderLimits, 'timeout' | 'memory'>): Finding {
  const { evaluating, exit, printed, type } = silence
  const when = evaluating ? 'while its code ran' : 'before its code ran'
  switch (type) {
    case 'hung':
      return {
        code: 'load_hung',
        message: `it was not loaded within ${timeout / 1_000} s, and was ended ${when}`,
        wayOut: evaluating ? 'move what loops or waits at its top level into a handler' : 'import less, or try again later',
      }
    case 'greedy':
      return {
        code: 'load_crashed',
        message: `loading it took more than ${Math.round(memory / 2 ** 20)} MB of memory`,
        wayOut: 'read large data in a handler, and only what the step needs',
      }
    case 'garbled':
      return {
        code: 'load_crashed',
        message: `the process that loaded it said what no loader says, ${when}`,
        wayOut: 'take out what writes to the channel of the process, or to its memory',
      }
    case 'exited': {
      const how = exit.signal === null ? `with exit code ${exit.code ?? 'unknown'}` : `by ${exit.signal}`
      return {
        code: 'load_crashed',
        message: `the process that loaded it ended ${how}, ${when}${lastLine(printed)}`,
        wayOut: 'take out calls of process.exit, and what starts work at the top level of the module',
      }
    }
  }
}

/** The line in which Node names an error, where one was printed. */
function lastLine(printed: string): string {
  const line = printed.split('\n').find((text) => /^(\w*Error|FATAL ERROR)\b/.test(text))
  return line === undefined ? '' : `: ${line.trim()}`
}

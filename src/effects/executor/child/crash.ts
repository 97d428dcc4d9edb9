import type { Failure } from '../../../model/failure.ts'
import { current } from './attempt.ts'
import { failureOf } from './failure.ts'
import type { Outbox } from './outbox.ts'

/** The code with which an executor ends itself. */
const crashed = 70
/** How long the last words may take to leave, in milliseconds. */
const lastWords = 1_000

/** Before the process ends of itself, the host learns why, and on whose behalf the code ran that did it. */
export function reportCrashes(outbox: Outbox): void {
  let reported = false
  const report = (failure: Omit<Failure, 'class'>): void => {
    if (reported) return
    reported = true
    outbox.post({ type: 'crashed', ticket: current.getStore()?.ticket ?? null, failure: { ...failure, class: 'crash' } })
  }
  const end = (what: string, thrown: unknown): void => {
    const failure = failureOf(thrown)
    report({ ...failure, message: `${what}: ${failure.message}` })
    outbox.flush(() => process.exit(crashed))
    setTimeout(() => process.exit(crashed), lastWords)
  }
  process.on('uncaughtException', (error) => end('uncaught exception', error))
  process.on('unhandledRejection', (reason) => end('unhandled rejection', reason))
  process.on('exit', (code) => {
    report({
      name: 'ProcessExit',
      message: `the code ended its process with exit code ${code}`,
      wayOut: 'let the handler return or throw instead of calling process.exit',
    })
    outbox.flush()
  })
}

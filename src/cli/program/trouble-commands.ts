import { breakers } from '../commands/breakers.ts'
import { deadLetters, discard, drain } from '../commands/dead-letters.ts'
import { errors } from '../commands/errors.ts'
import { recover } from '../commands/recover.ts'
import { throttles } from '../commands/throttles.ts'
import type { Declaring } from './declaring.ts'
import { count } from './option-values.ts'

/** What went wrong, and what is done about it. */
export function declareTroubleCommands({ command, perform }: Declaring): void {
  command('errors [run]', 'what went wrong in a run, and what was done about it; without one, over all runs')
    .option('--days <count>', 'of so many days', count, 1)
    .option('--class <name>', 'of this class only: timeout, transient, permanent, …')
    .option('--workflow <name>', 'of this workflow only')
    .option('--status <status>', 'that stand so: recovering, waiting, recovered, failed or withdrawn')
    .option('--limit <count>', 'how many kinds', count, 50)
    .option('--reset', 'let the run recover by itself as often as recovery.limit says, from now on')
    .option('--reason <text>', 'why')
    .action((id, options, self) => perform(self, (context) => errors(context, id, options)))
  command('recover <run>', 'do what policy recommends about a run that has failed; it says first what that is')
    .option('--reason <text>', 'why')
    .option('-y, --yes', 'do not ask, also where the outside world is touched')
    .option('--preview', 'only say what it is and what it leads to')
    .action((id, options, self) => perform(self, (context) => recover(context, id, options)))
  command('dead-letters', 'the dead-letter queue: runs that policy has queued for later').action((_, self) => perform(self, (context) => deadLetters(context)))
  command('drain [runs...]', 'do what is recommended about runs of the dead-letter queue, a few at a time')
    .option('--like <run>', 'those that failed of the same as this one')
    .option('--all', 'all that stand in the queue')
    .option('--note <text>', 'why')
    .option('--preview', 'only say what is done about each and what that leads to')
    .option('-y, --yes', 'do not ask, also where the outside world is touched, or all are meant')
    .action((ids, options, self) => perform(self, (context) => drain(context, ids, options)))
  command('discard [runs...]', 'give runs of the dead-letter queue up: each fails, and what it completed is compensated')
    .option('--like <run>', 'those that failed of the same as this one')
    .option('--all', 'all that stand in the queue')
    .option('--reason <text>', 'why')
    .option('--preview', 'only say what is undone and what that touches')
    .option('-y, --yes', 'do not ask, also where the outside world is touched, or all are meant')
    .action((ids, options, self) => perform(self, (context) => discard(context, ids, options)))
  command('breakers', 'the breakers that hold steps back from what fails again and again, or count failures of it')
    .option('--reset <dependency>', 'close the breaker of this dependency: what it holds back goes on at once')
    .option('--workflow <name>', 'the workflow that it is of')
    .option('--reason <text>', 'why')
    .action((options, self) => perform(self, (context) => breakers(context, options)))
  command('throttles', 'what fewer steps reach at once, since it answered that it was too much')
    .option('--reset <dependency>', 'let as many reach this dependency at once as before: what waits for it goes on at once')
    .option('--workflow <name>', 'the workflow that it is of')
    .option('--reason <text>', 'why')
    .action((options, self) => perform(self, (context) => throttles(context, options)))
}

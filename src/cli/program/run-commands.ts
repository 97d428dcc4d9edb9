import { act } from '../commands/act.ts'
import { checkpoint } from '../commands/checkpoint.ts'
import { decide } from '../commands/decide.ts'
import { keep } from '../commands/keep.ts'
import { run } from '../commands/run.ts'
import { runs } from '../commands/runs.ts'
import { show } from '../commands/show.ts'
import type { Declaring } from './declaring.ts'
import { collect, count, priority } from './option-values.ts'

const actions = {
  pause: 'start no further attempt; what is under way may end',
  resume: 'go on with a paused run',
  cancel: 'stop a run, and compensate what declares it',
} as const

/** Begins runs, looks at them and steers them. */
export function declareRunCommands({ command, perform, heedInterrupts }: Declaring): void {
  command('run <workflow>', 'start a run and stay with it until it ends or waits for a decision')
    .requiredOption('-i, --input <file>', 'its input as JSON; - reads standard input')
    .option('--context <file>', 'what you know of its context, as JSON')
    .option('--correlation <id>', 'the correlation id to carry')
    .option('--priority <priority>', 'who goes first where runs wait for the same: high, normal, low, or a number from -100 to 100', priority)
    .option('-d, --decide <answer>', 'answer decisions: approve, or step=action; may be repeated', collect)
    .option('--note <text>', 'a note that goes with these answers')
    .action((workflow, options, self) => perform(self, (context) => run(context, workflow, options, heedInterrupts)))
  command('runs', 'list runs, newest first')
    .option('-q, --query <query>', 'that a query finds: "status:failed started:<1h step:draft"')
    .option('--workflow <name>', 'of this workflow only')
    .option('--status <status...>', 'of these statuses only')
    .option('--limit <count>', 'how many', count, 20)
    .action((options, self) => perform(self, (context) => runs(context, options)))
  command('show <run>', 'how a run stands, and what it asks').action((id, _, self) =>
    perform(self, (context) => show(context, id)),
  )
  command('decide <run> <action>', 'answer a decision')
    .option('--decision <id>', 'which, by its id or its step, where there are several')
    .option('--edit <file>', 'the edited value, or the output that you vouch for')
    .option('--checkpoint <number>', 'where restore goes back to; else where the question says', count)
    .option('--note <text>', 'why')
    .option('--preview', 'only say what the answer would lead to')
    .action((id, action, options, self) => perform(self, (context) => decide(context, id, action, options)))
  for (const name of ['pause', 'resume', 'cancel'] as const) {
    command(`${name} <run>`, actions[name])
      .option('--reason <text>', 'why')
      .action((id, options, self) => perform(self, (context) => act(context, name, id, options)))
  }
  command('keep <run>', 'have retention leave a run alone, whatever its bounds say')
    .option('--reason <text>', 'why')
    .option('--undo', 'take that back')
    .action((id, options, self) => perform(self, (context) => keep(context, id, options)))
  command('checkpoint <run>', 'take a checkpoint of a run as it is now')
    .option('--note <text>', 'what to find it by')
    .action((id, options, self) => perform(self, (context) => checkpoint(context, id, options)))
}

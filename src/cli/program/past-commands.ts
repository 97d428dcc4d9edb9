import { branches } from '../commands/branches.ts'
import { checkpoints } from '../commands/checkpoints.ts'
import { diff } from '../commands/diff.ts'
import { nameBranch } from '../commands/name-branch.ts'
import { preview } from '../commands/preview.ts'
import { replay } from '../commands/replay.ts'
import { restore } from '../commands/restore.ts'
import { rollback } from '../commands/rollback.ts'
import { state } from '../commands/state.ts'
import type { Declaring } from './declaring.ts'
import { collect } from './option-values.ts'

const present = 'go on with the workflow as it is now: the state is migrated'

/** The past of a run, and the ways back there. */
export function declarePastCommands({ command, perform }: Declaring): void {
  command('checkpoints <run>', 'the checkpoints of a run').action((id, _, self) =>
    perform(self, (context) => checkpoints(context, id)),
  )
  command('state <run> [checkpoint]', 'the state of a run, now, at a checkpoint, or where a branch was left').action((id, number, _, self) =>
    perform(self, (context) => state(context, id, number)),
  )
  command('diff <run> <from> <to>', 'what is different between two moments of a run: each a checkpoint, or a branch (its name, or branch:1)').action((id, from, to, _, self) =>
    perform(self, (context) => diff(context, id, from, to)),
  )
  command('branches <run>', 'the branches of a run: who began each, where, why, and how it stands').action((id, _, self) =>
    perform(self, (context) => branches(context, id)),
  )
  command('name-branch <run> <branch> [name]', 'give a branch of a run a name; without one, it has none any more').action(
    (id, number, name, _, self) => perform(self, (context) => nameBranch(context, id, number, name)),
  )
  command('preview <run> <checkpoint>', 'what going back to a checkpoint, or to where a branch was left, would lead to; nothing is changed')
    .option('--present', present)
    .action((id, number, options, self) => perform(self, (context) => preview(context, id, number, options)))
  command('restore <run> <checkpoint>', 'send a run back to a checkpoint, or to where a branch was left (its name, or branch:1), from where it goes on')
    .option('--reason <text>', 'why')
    .option('-y, --yes', 'do not ask, also where the outside world is touched')
    .option('--present', present)
    .action((id, number, options, self) => perform(self, (context) => restore(context, id, number, options)))
  command('rollback <run> <savepoint>', 'undo what completed since a savepoint of its author, and go on from there')
    .option('--reason <text>', 'why')
    .option('-y, --yes', 'do not ask, also where something is undone or the outside world is touched')
    .option('--preview', 'only say what it would lead to')
    .action((id, savepoint, options, self) => perform(self, (context) => rollback(context, id, savepoint, options)))
  command('replay <run> <checkpoint>', 'begin a new run at a checkpoint, or where a branch was left; what touches the outside world waits to be armed')
    .option('-i, --input <file>', 'another input, as JSON: everything runs again, but what --output gives')
    .option('-o, --output <output>', 'another output of a step, as JSON: step=file or step#2=file; may be repeated', collect)
    .option('--reason <text>', 'why')
    .option('--present', present)
    .option('--preview', 'only say what it would lead to')
    .action((id, number, options, self) => perform(self, (context) => replay(context, id, number, options)))
}

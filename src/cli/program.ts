import { Command, CommanderError, InvalidArgumentError } from '@commander-js/extra-typings'
import { version } from '../host/version.ts'
import { act } from './commands/act.ts'
import { backup } from './commands/backup.ts'
import { branches } from './commands/branches.ts'
import { breakers } from './commands/breakers.ts'
import { checkpoint } from './commands/checkpoint.ts'
import { checkpoints } from './commands/checkpoints.ts'
import { config } from './commands/config.ts'
import { deadLetters, discard, drain } from './commands/dead-letters.ts'
import { decide } from './commands/decide.ts'
import { diff } from './commands/diff.ts'
import { encrypt } from './commands/encrypt.ts'
import { errors } from './commands/errors.ts'
import { init } from './commands/init.ts'
import { makeKey } from './commands/make-key.ts'
import { mail } from './commands/mail.ts'
import { keep } from './commands/keep.ts'
import { nameBranch } from './commands/name-branch.ts'
import { preview } from './commands/preview.ts'
import { recover } from './commands/recover.ts'
import { replay } from './commands/replay.ts'
import { resources } from './commands/resources.ts'
import { restore } from './commands/restore.ts'
import { restoreBackup } from './commands/restore-backup.ts'
import { retention } from './commands/retention.ts'
import { rollback } from './commands/rollback.ts'
import { rotateKey } from './commands/rotate-key.ts'
import { run } from './commands/run.ts'
import { runs } from './commands/runs.ts'
import { serve } from './commands/serve.ts'
import { show } from './commands/show.ts'
import { state } from './commands/state.ts'
import { storage } from './commands/storage.ts'
import { verify } from './commands/verify.ts'
import { contextOf, type Context, type GlobalOptions } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import type { Programs } from '../host/start.ts'
import type { Terminal } from '../host/terminal.ts'
import { GivenPriority } from '../model/priority.ts'
import { plain } from './paint.ts'
import { tell } from './trouble.ts'
import { wholeNumber } from './whole-number.ts'

/**
 * Runs one command line. A command that ends in good order when it is interrupted asks for the signal of that; any other is
 * simply ended by it, as by a crash. A host of its own makes use of `programs`.
 * @returns the exit code; errors that were to be expected are told, others are thrown
 */
export async function runCli(args: readonly string[], terminal: Terminal, heedInterrupts: () => AbortSignal, programs: Programs = {}): Promise<number> {
  let exitCode: number = exitCodes.done
  const program = build({ terminal, heedInterrupts, programs }, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.refused
    const told = tell(error)
    if (told === undefined) throw error
    terminal.err(plain(told.message))
    return told.exitCode
  }
}

type Action = (context: Context) => Promise<number> | number

interface Given {
  readonly terminal: Terminal
  readonly heedInterrupts: () => AbortSignal
  readonly programs: Programs
}

function build({ terminal, heedInterrupts, programs }: Given, ended: (exitCode: number) => void): Command {
  const program = new Command('cairn')
    .description('Runs durable workflows, and shows and steers what runs.')
    .version(version)
    .option('-w, --workspace <folder>', 'the workspace; else the one around this folder, else the one of the first start')
    .option('--json', 'print data')
    .option('--trust', "let the folder's code run without asking")
    .exitOverride()
    .showHelpAfterError('cairn help COMMAND says what it takes')
    .configureOutput({ writeOut: (text) => terminal.out(text.trimEnd()), writeErr: (text) => terminal.err(text.trimEnd()) })
    .addHelpText('after', help)

  /** Options of the program stand before the command or behind it. */
  const command = <const Usage extends string>(usage: Usage, description: string) =>
    program
      .command(usage)
      .description(description)
      .option('-w, --workspace <folder>', 'the workspace')
      .option('--json', 'print data')
      .option('--trust', "let the folder's code run without asking")
  const perform = async (self: { optsWithGlobals(): GlobalOptions }, action: Action): Promise<void> => {
    ended(await action(contextOf(terminal, programs, self.optsWithGlobals())))
  }

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
  command('errors [run]', 'what went wrong in a run, and what was done about it; without one, over all runs')
    .option('--days <count>', 'of so many days', count, 1)
    .option('--class <name>', 'of this class only: timeout, transient, permanent, …')
    .option('--workflow <name>', 'of this workflow only')
    .option('--status <status>', 'that stand so: recovering, waiting, recovered, failed or withdrawn')
    .option('--limit <count>', 'how many kinds', count, 50)
    .action((id, options, self) => perform(self, (context) => errors(context, id, options)))
  command('dead-letters', 'the dead-letter queue: runs that policy has queued for later').action((_, self) => perform(self, (context) => deadLetters(context)))
  command('drain [runs...]', 'do what is recommended about runs of the dead-letter queue, a few at a time')
    .option('--like <run>', 'those that failed of the same as this one')
    .option('--all', 'all that stand in the queue')
    .option('--note <text>', 'why')
    .option('--preview', 'only say what is done about each and what that leads to')
    .option('-y, --yes', 'do not ask, also where the outside world is touched')
    .action((ids, options, self) => perform(self, (context) => drain(context, ids, options)))
  command('discard [runs...]', 'give runs of the dead-letter queue up: each fails, and what it completed is compensated')
    .option('--like <run>', 'those that failed of the same as this one')
    .option('--all', 'all that stand in the queue')
    .option('--reason <text>', 'why')
    .option('--preview', 'only say what is undone and what that touches')
    .option('-y, --yes', 'do not ask, also where the outside world is touched')
    .action((ids, options, self) => perform(self, (context) => discard(context, ids, options)))
  command('breakers', 'the breakers that hold steps back from what fails again and again, or count failures of it')
    .option('--reset <dependency>', 'close the breaker of this dependency: what it holds back goes on at once')
    .option('--workflow <name>', 'the workflow that it is of')
    .option('--reason <text>', 'why')
    .action((options, self) => perform(self, (context) => breakers(context, options)))
  command('checkpoints <run>', 'the checkpoints of a run').action((id, _, self) =>
    perform(self, (context) => checkpoints(context, id)),
  )
  command('state <run> [checkpoint]', 'the state of a run, now or at a checkpoint').action((id, number, _, self) =>
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
  command('keep <run>', 'have retention leave a run alone, whatever its bounds say')
    .option('--reason <text>', 'why')
    .option('--undo', 'take that back')
    .action((id, options, self) => perform(self, (context) => keep(context, id, options)))
  command('checkpoint <run>', 'take a checkpoint of a run as it is now')
    .option('--note <text>', 'what to find it by')
    .action((id, options, self) => perform(self, (context) => checkpoint(context, id, options)))
  command('preview <run> <checkpoint>', 'what going back to a checkpoint would lead to; nothing is changed')
    .option('--present', present)
    .action((id, number, options, self) => perform(self, (context) => preview(context, id, number, options)))
  command('restore <run> <checkpoint>', 'send a run back to a checkpoint, from where it goes on')
    .option('--reason <text>', 'why')
    .option('-y, --yes', 'do not ask, also where the outside world is touched')
    .option('--present', present)
    .action((id, number, options, self) => perform(self, (context) => restore(context, id, number, options)))
  command('rollback <run> <savepoint>', 'undo what completed since a savepoint of its author, and go on from there')
    .option('--reason <text>', 'why')
    .option('-y, --yes', 'do not ask, also where something is undone or the outside world is touched')
    .option('--preview', 'only say what it would lead to')
    .action((id, savepoint, options, self) => perform(self, (context) => rollback(context, id, savepoint, options)))
  command('recover <run>', 'do what policy recommends about a run that has failed; it says first what that is')
    .option('--reason <text>', 'why')
    .option('-y, --yes', 'do not ask, also where the outside world is touched')
    .option('--preview', 'only say what it is and what it leads to')
    .action((id, options, self) => perform(self, (context) => recover(context, id, options)))
  command('replay <run> <checkpoint>', 'begin a new run at a checkpoint; what touches the outside world waits to be armed')
    .option('-i, --input <file>', 'another input, as JSON: everything runs again, but what --output gives')
    .option('-o, --output <output>', 'another output of a step, as JSON: step=file or step#2=file; may be repeated', collect)
    .option('--reason <text>', 'why')
    .option('--present', present)
    .option('--preview', 'only say what it would lead to')
    .action((id, number, options, self) => perform(self, (context) => replay(context, id, number, options)))
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
  command('serve', 'start the host and stay')
    .option('-p, --port <number>', 'the port on 127.0.0.1; 0 takes a free one', count)
    .option('--headless', 'accepted for the sake of npm start; serve never opens a window')
    .option('--read-only', 'only look at the workspace, whoever has it open: nothing runs, and nothing is changed')
    .action((options, self) => perform(self, (context) => serve(context, options, heedInterrupts())))
  command('backup [file]', 'copy the store, verified; runs go on meanwhile').action((file, _, self) =>
    perform(self, (context) => backup(context, file)),
  )
  command('verify', 'walk through the whole store: whether every byte is what was written').action((_, self) =>
    perform(self, (context) => verify(context)),
  )
  command('retention', 'what the bounds in cairn.config.yaml would remove of the past; nothing is changed')
    .option('--apply', 'remove it')
    .action((options, self) => perform(self, (context) => retention(context, options)))
  command('config', 'the settings in force, and where each comes from')
    .option('--check <file>', 'only say whether this file would do')
    .action((options, self) => perform(self, (context) => config(context, options)))
  command('resources', 'what there is only so much of: who holds it, and who waits for it').action((_, self) =>
    perform(self, (context) => resources(context)),
  )
  command('storage', 'where the bytes are: by workflow, step and field, by run, and by file').action((_, self) =>
    perform(self, (context) => storage(context)),
  )
  command('restore-backup <file>', 'put a backup in the place of the store; what was there is kept').action((file, _, self) =>
    perform(self, (context) => restoreBackup(context, file)),
  )
  command('encrypt', 'encrypt a store that is not, with the key that the workspace names; no host runs meanwhile').action((_, self) =>
    perform(self, (context) => encrypt(context)),
  )
  command('make-key <file>', 'make a key for stores that are encrypted').action((file, _, self) =>
    perform(self, (context) => makeKey(context, file)),
  )
  command('rotate-key', 'give the store another key; no host runs meanwhile')
    .option('--to <file>', 'the file that holds the new key; else one is made, and takes the place of the one before')
    .action((options, self) => perform(self, (context) => rotateKey(context, options)))
  command('init <folder>', 'make a new workspace')
    .option('--example <name>', 'of a shipped example, outreach or release-pipeline, in place of one small workflow')
    .action((folder, { example }, self) => perform(self, (context) => init(context, folder, example)))
  command('mail [id]', "what the workspace's mail catcher received, or one message of it")
    .option('--source', 'the message as it was received')
    .action((id, { source = false }, self) => perform(self, (context) => mail(context, id, source)))
  return program
}

const actions = {
  pause: 'start no further attempt; what is under way may end',
  resume: 'go on with a paused run',
  cancel: 'stop a run, and compensate what declares it',
} as const

const present = 'go on with the workflow as it is now: the state is migrated'

const help = `
A run may be named by the beginning or the end of its id.
A query reads like: status:failed workflow:outreach started:<1h "text in input or output"; docs/QUERIES.md tells all of it.

Exit codes: 0 done, or the run completed; 1 the run failed; 2 what was given does not do; 3 the run was cancelled;
4 it waits for a decision that nobody gives here; 5 somebody else was faster; 6 the host cannot be reached; 7 the store is damaged;
8 as many runs are queued as may be;
10 another process owns the workspace; 11 its store is newer than this program; 12 its store cannot be opened;
13 nobody trusts the folder yet; 14 cairn.config.yaml is wrong; 15 the port is taken; 16 the folder is no workspace;
17 its store is encrypted, and its key is not at hand; 18 there is a key, and its store is not encrypted.`

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

function priority(text: string): GivenPriority {
  const given = GivenPriority.safeParse(/^[+-]?\d+$/.test(text) ? Number(text) : text)
  if (!given.success) throw new InvalidArgumentError('high, normal, low, or a number from -100 to 100, please')
  return given.data
}

function count(text: string): number {
  const number = wholeNumber(text)
  if (number === undefined) throw new InvalidArgumentError('a whole number, please')
  return number
}

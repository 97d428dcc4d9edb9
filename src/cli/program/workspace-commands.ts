import { backup } from '../commands/backup.ts'
import { config } from '../commands/config.ts'
import { encrypt } from '../commands/encrypt.ts'
import { init } from '../commands/init.ts'
import { mail } from '../commands/mail.ts'
import { makeKey } from '../commands/make-key.ts'
import { resources } from '../commands/resources.ts'
import { restoreBackup } from '../commands/restore-backup.ts'
import { retention } from '../commands/retention.ts'
import { rotateKey } from '../commands/rotate-key.ts'
import { serve } from '../commands/serve.ts'
import { storage } from '../commands/storage.ts'
import { verify } from '../commands/verify.ts'
import type { Declaring } from './declaring.ts'
import { count } from './option-values.ts'

/** The workspace: its host, its store and its settings. */
export function declareWorkspaceCommands({ command, perform, heedInterrupts }: Declaring): void {
  command('serve', 'start the host and stay')
    .option('-p, --port <number>', 'the port on 127.0.0.1; 0 takes a free one', count)
    .option('--headless', 'accepted for the sake of npm start; serve never opens a window')
    .option('--read-only', 'only look at the workspace, whoever has it open: nothing runs, and nothing is changed')
    .action((options, self) => perform(self, (context) => serve(context, options, heedInterrupts())))
  command('init <folder>', 'make a new workspace')
    .option('--example <name>', 'of a shipped example, outreach or release-pipeline, in place of one small workflow')
    .action((folder, { example }, self) => perform(self, (context) => init(context, folder, example)))
  command('config', 'the settings in force, and where each comes from')
    .option('--check <file>', 'only say whether this file would do')
    .action((options, self) => perform(self, (context) => config(context, options)))
  command('resources', 'what there is only so much of: who holds it, and who waits for it').action((_, self) =>
    perform(self, (context) => resources(context)),
  )
  command('mail [id]', "what the workspace's mail catcher received, or one message of it")
    .option('--source', 'the message as it was received')
    .action((id, { source = false }, self) => perform(self, (context) => mail(context, id, source)))
  command('verify', 'walk through the whole store: whether every byte is what was written').action((_, self) =>
    perform(self, (context) => verify(context)),
  )
  command('backup [file]', 'copy the store, verified; runs go on meanwhile')
    .option('--overwrite', 'put it in the place of a backup that is called so')
    .action((file, options, self) => perform(self, (context) => backup(context, file, options)))
  command('restore-backup <file>', 'put a backup in the place of the store; what was there is kept').action((file, _, self) =>
    perform(self, (context) => restoreBackup(context, file)),
  )
  command('storage', 'where the bytes are: by workflow, step and field, by run, and by file').action((_, self) =>
    perform(self, (context) => storage(context)),
  )
  command('retention', 'what the bounds in cairn.config.yaml would remove of the past; nothing is changed')
    .option('--apply', 'remove it')
    .action((options, self) => perform(self, (context) => retention(context, options)))
  command('encrypt', 'encrypt a store that is not, with the key that the workspace names; no host runs meanwhile').action((_, self) =>
    perform(self, (context) => encrypt(context)),
  )
  command('make-key <file>', 'make a key for stores that are encrypted').action((file, _, self) =>
    perform(self, (context) => makeKey(context, file)),
  )
  command('rotate-key', 'give the store another key; no host runs meanwhile')
    .option('--to <file>', 'the file that holds the new key; else one is made, and takes the place of the one before')
    .action((options, self) => perform(self, (context) => rotateKey(context, options)))
}

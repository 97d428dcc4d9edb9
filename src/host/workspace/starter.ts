import { configName } from './layout.ts'

/** What every new workspace has beside its workflows. */
export const settings = {
  [configName]: `# Settings of this workspace. Everything may be left out; a host that runs takes what is changed here at once.
# Every key, and what it means: docs/CONFIGURATION.md. What is in force: cairn config.

# Mail goes to a catcher that keeps it and delivers nothing (see: cairn mail). A real server instead:
# smtp:
#   url: smtps://user:password@mail.example.com
#   from: Team <team@example.com>

# What is committed is on the disk; 'normal' is faster, and may lose the last commits when the power fails.
# store:
#   durability: full
#   encryption: true          # with a key from: cairn make-key ~/.cairn.key
#   key_file: ~/.cairn.key
#   validation_interval: 30s  # how often a part of the store is looked at for damage
#   value_limit: 10MB         # the largest output of a step that is kept

# Nothing is ever removed unless bounds are set (see: cairn retention).
# retention:
#   max_age: 90d     # how long a run stays after its end
#   max_runs: 10000  # how many ended runs of each workflow stay
#   max_size: 2GB    # how much room those may take
#   max_branches: 20        # how many branches that it left a run keeps
#   max_checkpoints: 10000  # how many checkpoints a branch keeps, the newest

# How runs are watched. What is said of a workflow, or of a step of it, stands over what is said of all.
# detection:
#   loops:
#     max_repeats: 3
# workflows:
#   greeting:
#     checkpoints: around
#     steps:
#       write: { checkpoints: after }
`,

  '.gitignore': '.cairn/\nnode_modules\n',
} as const satisfies Readonly<Record<string, string>>

/** A new workspace with one small workflow. */
export const starter = {
  ...settings,

  'workflows/greeting.ts': `import { workflow, z } from 'cairn'

const Input = z.object({ name: z.string().min(1), address: z.email() })

export default workflow('greeting', { version: 1, title: 'A greeting', input: Input })
  .step('write', ({ input, log }) => {
    log.info('writing to ' + input.name)
    return { subject: 'Hello', text: 'Hello ' + input.name + ',\\n\\nthis came from a workflow.\\n' }
  })
  .approval('approve', {
    needs: ['write'],
    shows: ({ outputs }) => outputs.write,
    edits: 'write.text',
    actions: { primary: 'approve', secondary: ['reject'] },
  })
  .email('send', { needs: ['approve'] }, ({ input, outputs }) => ({ to: input.address, ...outputs.write }))
`,

  'inputs/greeting.json': `${JSON.stringify({ name: 'Ada', address: 'ada@example.com' }, null, 2)}\n`,
} as const satisfies Readonly<Record<string, string>>

/** The sections of `cairn.config.yaml` that are of the host, and not of runs: said for all alone. */
import { z } from 'zod'
import { duration, size } from '../../model/policy/spelled.ts'

const address = 'an address like smtps://user:password@mail.example.com'
const sender = 'a sender like Team <team@example.com>'

export const Smtp = z
  .object({
    url: z.url({ protocol: /^smtps?$/ }).meta({ wants: address, sensitive: true }).describe('Where mail goes, with the name and the password that it takes.'),
    from: z.string().min(1).meta({ wants: sender }).describe('Who sends, where a message does not say.'),
  })
  .describe('A real mail server. Without it mail goes to the catcher, which keeps it and delivers nothing.')
export type Smtp = z.infer<typeof Smtp>

export const Store = z
  .object({
    durability: z
      .enum(['full', 'normal'])
      .default('full')
      .describe('`full` syncs every commit to the disk; `normal` may lose the last commits when the machine loses power.'),
    encryption: z
      .boolean()
      .default(false)
      .describe('Whether what is stored is encrypted. A new store is, where there is a key; one that is there already, once `cairn encrypt` has done it.'),
    key_file: z
      .string()
      .min(1)
      .meta({ wants: 'the name of a file' })
      .optional()
      .describe('The file that holds the key; `CAIRN_KEY_FILE` and `CAIRN_KEY` go before it. Where nothing names one, the desktop has the key in the keychain of its user.'),
    validation_interval: duration({ least: '1s', most: '24h', like: '30s' })
      .default(30_000)
      .meta({ takes: 'now' })
      .describe('From the end of one look at a part of the store to the next.'),
    value_limit: size({ least: '1kB', most: '100MB', like: '10MB' })
      .default(10_000_000)
      .describe('The largest value that is kept: an output over it fails its attempt.'),
  })
  .meta({ takes: 'start' })
  .describe('How what is committed is kept.')
export type Store = z.infer<typeof Store>

export const Debugging = z
  .object({
    log_level: z
      .enum(['warn', 'info', 'debug'])
      .default('info')
      .describe("What the host's log in `.cairn/logs` holds: at `debug` progress and heartbeats too, at `warn` no entries of the journal."),
  })
  .describe('What helps to find out what went wrong.')
export type Debugging = z.infer<typeof Debugging>

const processes = z.int().min(1).max(1_000).nullable().default(null)

export const Executors = z
  .object({
    shared: processes.describe(
      'How many processes there are at once for steps that share one: as many as the machine has processors, and two at least, where nothing is said.',
    ),
    isolated: processes.describe(
      'How many there are at once for steps that have one to themselves (programs, mails, and what touches the outside world): twice as many as processors, and four at least.',
    ),
    memory: size({ least: '128MB', most: '1TB', like: '256MB' })
      .nullable()
      .default(null)
      .describe('How much memory such a process may take; 512 MB where nothing is said. `detection.memory` says otherwise of a step.'),
    silence: duration({ least: '1s', most: '1h', like: '10s' })
      .default(10_000)
      .describe('How long code may keep a process that others share from answering, before it is ended.'),
    grace: duration({ least: '100ms', most: '10m', like: '2s' })
      .default(2_000)
      .describe('How long a handler that is stopped may take to end, before its process is ended.'),
  })
  .meta({ takes: 'start' })
  .describe('The processes that run workflow code.')
export type Executors = z.infer<typeof Executors>

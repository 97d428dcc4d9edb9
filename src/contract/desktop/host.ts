/**
 * What main and the host that it has started say to each other. The host speaks first, and says that it listens; main
 * answers with what to open. Where it says so, a port goes along.
 */
import { z } from 'zod'
import { Refusal } from './refusal.ts'

/** The programs that run workflow code. The host names them; where they lie is for main to know. */
export const Program = z.enum(['executor', 'loader'])
export type Program = z.infer<typeof Program>

/** Counted by the host: the name of a process that it asked for, as long as the host lives. */
const process = z.int().nonnegative()

export const ToHost = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('open'),
    /** A folder; null for the usual one. */
    workspace: z.string().nullable(),
    /** The port on 127.0.0.1; null for none. */
    port: z.int().min(0).max(65_535).nullable(),
    /** Whether the person has said beforehand that the folder's code may run. */
    trust: z.boolean(),
    /** Only show the store: nothing runs, and nothing is changed. */
    looks: z.boolean(),
    /** A backup to put in the place of the store before it is opened. */
    bringBack: z.string().nullable(),
    /** Have the store be encrypted before it is opened. */
    encrypts: z.boolean(),
    /** The fingerprint of a key: have a store that is opened with that be given another before it is opened. */
    rotates: z.string().nullable(),
    /** The file that holds the key of the store, where the person chose one. */
    keyFile: z.string().nullable(),
  }),
  /** Answers `asks`: whether the folder's code may run. */
  z.object({ type: z.literal('answers'), trust: z.boolean() }),
  /** Answer `wants_key`: the key as text and as the keychain keeps it, or why there is none. */
  z.object({ type: z.literal('key'), text: z.string(), kept: z.string() }),
  z.object({ type: z.literal('no_key'), why: z.string() }),
  /** With the port of a page that wants to be served. */
  z.object({ type: z.literal('page') }),
  /** With the port to a process that was asked for, and listens. */
  z.object({ type: z.literal('started'), process, pid: z.int().positive() }),
  z.object({ type: z.literal('printed'), process, text: z.string() }),
  /** Once for each that was asked for, also where it never started. */
  z.object({ type: z.literal('exited'), process, code: z.int() }),
  /** To be answered at once, by `pong`: a host that does not is ended. */
  z.object({ type: z.literal('ping') }),
  /** To end in good order. */
  z.object({ type: z.literal('stop') }),
])
export type ToHost = z.infer<typeof ToHost>

/** What the system's keychain has for a host that wants a key. */
export type KeyGiven = Extract<ToHost, { type: 'key' | 'no_key' }>

export const FromHost = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listens') }),
  /** It serves pages from now on. */
  z.object({ type: z.literal('serves'), workspace: z.string(), url: z.string().nullable() }),
  /** It cannot start as asked. */
  z.object({ type: z.literal('refuses'), refusal: Refusal }),
  z.object({ type: z.literal('asks'), folder: z.string() }),
  /** Wants the key that the system's keychain opens where this is kept of it, in base64; a new one where it is null. */
  z.object({ type: z.literal('wants_key'), kept: z.string().nullable() }),
  /** Wants a process, with a bound of its heap in bytes and this environment and no other. */
  z.object({
    type: z.literal('start'),
    process,
    program: Program,
    memory: z.int().positive(),
    env: z.record(z.string(), z.string()),
  }),
  z.object({ type: z.literal('kill'), process }),
  z.object({ type: z.literal('pong') }),
])
export type FromHost = z.infer<typeof FromHost>

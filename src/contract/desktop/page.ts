/**
 * What the page, its preload and main say to each other on the desktop. The preload imports types alone, so it spells
 * these names itself, and the compiler compares them.
 */
import { z } from 'zod'
import { type Choice, Refusal } from './refusal.ts'
import type { Reopening } from './reopening.ts'

/** The property of the page's window that holds what the preload gives it. */
export const desktopKey = 'cairn'

/** Over this the preload hands main the port of a page that wants its host. */
export const connectChannel = 'cairn:connect'

/** Over this main tells each window that no host has its port any more. */
export const lostChannel = 'cairn:lost'

/** Over this main tells each window why there is no host, and with null that one is being started. */
export const refusedChannel = 'cairn:refused'

/** Over this the preload hands main what the person chose then. */
export const chooseChannel = 'cairn:choose'

/** Over this the preload hands main what the person wants done about a workspace that is open. */
export const reopenChannel = 'cairn:reopen'

/** What a page on the desktop has beyond a browser's. */
export interface Desktop {
  /** Wants the host. A port to it comes in a message to the window that names the same call. */
  readonly connect: (call: number) => void
  /** Says what is to be done about a workspace that cannot be opened. */
  readonly choose: (choice: Choice) => void
  /** Has a workspace that is open be opened again, with this done in between. */
  readonly reopen: (wish: Reopening) => void
}

/** What the preload says to the page's window. */
export const PageMessage = z.discriminatedUnion('type', [
  /** With the port that was asked for. */
  z.strictObject({ type: z.literal('cairn:port'), call: z.int() }),
  /** The host is gone. Only Electron tells a page that the other end of its port is closed, and this may come before. */
  z.strictObject({ type: z.literal('cairn:lost') }),
  /** Why there is no host; null once one is being started. */
  z.strictObject({ type: z.literal('cairn:refused'), refusal: Refusal.nullable() }),
])
export type PageMessage = z.infer<typeof PageMessage>

/** The first text that a host says over a page's port: it listens, and this is how it speaks. */
export const portProtocol = 'cairn.v1'

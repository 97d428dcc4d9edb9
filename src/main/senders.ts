import { isOurs } from './address.ts'

/** A frame as it is known of a message that came from it. */
export interface Sender {
  readonly url: string
  readonly parent: unknown
}

/** True for the console itself: neither a frame within it nor one that is gone. */
export function isConsole(sender: Sender | null): boolean {
  return sender?.parent === null && isOurs(sender.url)
}

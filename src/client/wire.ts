/** A connection as the client needs it, whatever carries it: a browser's WebSocket, a socket of the workspace, a port. */
export interface Wire {
  /** Resolves once messages can be sent; rejects where the other side cannot be reached. */
  readonly opened: Promise<void>
  send(message: string | ArrayBufferLike | Uint8Array): void
  close(): void
}

export interface Hears {
  message(message: string): void
  /** Called once, at the end, whoever ended it. */
  closed(): void
}

export type OpenWire = (hears: Hears) => Wire

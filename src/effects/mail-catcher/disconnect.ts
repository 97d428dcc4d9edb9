const codes: readonly unknown[] = ['ECONNECTION', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']

/** The other side went away, or this side closed: both are ordinary and nobody is left to be told. */
export function isDisconnect(error: unknown): boolean {
  return error instanceof Error && 'code' in error && codes.includes(error.code)
}

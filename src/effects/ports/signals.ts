/** A Ctrl+C reaches every process of its terminal. One that the desktop's main has started ends when main says so. */
export function leaveSignalsToMain(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
}

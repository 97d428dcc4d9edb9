/** What waits for one reader of a stream, bounded however slow the reader is. */
export interface Backlog<T> {
  push(item: T): void
  /** Takes everything that waits, oldest first, and how many were let go since the last time. */
  take(): { readonly missed: number; readonly items: readonly T[] }
  /** Resolves to true once something waits, to false at the end. */
  more(): Promise<boolean>
  /** Ends it: what waits is let go. */
  readonly close: () => void
}

/** Keeps so many items; a further one lets the oldest go. Ends with the signal, too. */
export function createBacklog<T>(patience: number, abort: AbortSignal | undefined): Backlog<T> {
  let items: T[] = []
  let missed = 0
  let open = true
  let wake: (() => void) | undefined

  function stir(): void {
    wake?.()
    wake = undefined
  }

  function close(): void {
    open = false
    items = []
    stir()
  }

  if (abort?.aborted === true) close()
  else abort?.addEventListener('abort', close, { once: true })

  return {
    push(item) {
      if (!open) return
      if (items.length === patience) {
        items.shift()
        missed += 1
      }
      items.push(item)
      stir()
    },

    take() {
      const taken = { missed, items }
      items = []
      missed = 0
      return taken
    },

    async more() {
      while (open && items.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return open
    },

    close,
  }
}

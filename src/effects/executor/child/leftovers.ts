/** A handle that was closed just now is gone only some turns of the event loop later. */
const patience = 3

/** What keeps the event loop alive now: timers, sockets, files. Tells later whether anything more than that does. */
export function leftovers(): { areGone(): Promise<boolean> } {
  const usual = counted()
  const areGone = (): boolean => [...counted()].every(([kind, count]) => count <= (usual.get(kind) ?? 0))
  return {
    async areGone() {
      for (let turn = 0; turn < patience && !areGone(); turn += 1) await new Promise((resolve) => setImmediate(resolve))
      return areGone()
    },
  }
}

function counted(): Map<string, number> {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  counts.delete('Immediate')
  return counts
}

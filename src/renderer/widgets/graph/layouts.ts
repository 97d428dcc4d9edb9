/** Layouts as they are asked for: each is made once, off the page's thread, and the newest few are remembered. */
import Elk from 'elkjs/lib/elk-api.js'
import type { View } from './collapse.ts'
import { type Layout, layOut } from './layout.ts'

const remembered = 24
const made = new Map<string, Promise<Layout>>()
let elk: InstanceType<typeof Elk> | undefined

/** The same promise for all views that look the same. A failed one is made again when it is asked for again. */
export function layoutOf(view: View): Promise<Layout> {
  const key = JSON.stringify([view.items.map(({ id }) => id), view.edges.map(({ id }) => id)])
  const layout = made.get(key) ?? begin(view, key)
  made.delete(key)
  made.set(key, layout)
  const [oldest] = made.keys()
  if (made.size > remembered && oldest !== undefined) made.delete(oldest)
  return layout
}

function begin(view: View, key: string): Promise<Layout> {
  elk ??= new Elk({ workerFactory: () => new Worker(new URL('elkjs/lib/elk-worker.min.js', import.meta.url), { type: 'module' }) })
  const layout = layOut(view, elk)
  layout.catch(() => made.delete(key))
  return layout
}

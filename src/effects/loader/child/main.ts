/** Where a loader process begins. It reads the one module that it is asked for; the host ends it then. */
import { setSourceMapsSupport } from 'node:module'
import { channelToHost } from '../../executor/child/host-channel.ts'
import { problemsOf } from '../definition-error.ts'
import { type LoadMessage, LoadRequest } from '../protocol.ts'
import { readModule } from './read-module.ts'
import { SourceTracker } from './source-tracker.ts'

const channel = await channelToHost()
setSourceMapsSupport(true)

function say(message: LoadMessage): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  channel.send(JSON.stringify(message), resolve)
  return promise
}

async function load(request: LoadRequest): Promise<void> {
  const tracker = new SourceTracker(request.workspace)
  const read = await readModule(request, tracker, () => say({ type: 'bundled', sources: tracker.sources }))
  const { sources } = tracker
  if (read.type === 'loaded') return say({ ...read, sources })
  return say({ type: 'refused', problems: problemsOf(request.file, read.findings), sources })
}

channel.receive((text) => void load(LoadRequest.parse(JSON.parse(text))))
await say({ type: 'ready' })

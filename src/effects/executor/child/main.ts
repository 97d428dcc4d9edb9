/** Where an executor process begins, whoever has started it. */
import { setSourceMapsSupport } from 'node:module'
import { captureOutput } from './capture.ts'
import { reportCrashes } from './crash.ts'
import { channelToHost } from './host-channel.ts'
import { Outbox } from './outbox.ts'
import { serve } from './serve.ts'

const channel = await channelToHost()
setSourceMapsSupport(true)
const outbox = new Outbox(channel)
captureOutput()
reportCrashes(outbox)
serve(channel, outbox)

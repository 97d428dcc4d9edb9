/** Where an executor process begins that a headless host has spawned. */
import { setSourceMapsSupport } from 'node:module'
import { captureOutput } from './capture.ts'
import { pipeChannel } from './channel.ts'
import { reportCrashes } from './crash.ts'
import { dieWithHost } from './lifeline.ts'
import { Outbox } from './outbox.ts'
import { serve } from './serve.ts'

const channel = pipeChannel()
dieWithHost(channel)
setSourceMapsSupport(true)
const outbox = new Outbox(channel)
captureOutput()
reportCrashes(outbox)
serve(channel, outbox)

/**
 * A host whose people begin one run after the other and say yes to it, whatever becomes of the disk. Says `ended` and the
 * run, `refused` where a person is, `fault` and what it is, and `works` once that is over. It never ends by itself.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { Unavailable } from '../../../src/model/control-errors.ts'
import { StorageFailed } from '../../../src/model/storage-errors.ts'
import { LifeHost } from '../stores/life-host.ts'

const host = await LifeHost.open(process.argv[2] ?? '', 0, {
  faulted: (fault) => say(fault === null ? 'works' : `fault ${fault instanceof StorageFailed ? fault.fault : fault.message}`),
})
for (;;) {
  try {
    const run = await host.begin('ends')
    await host.end(run)
    say(`ended ${run}`)
  } catch (error) {
    if (!(error instanceof Unavailable || error instanceof StorageFailed)) throw error
    say('refused')
    await pause(50)
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

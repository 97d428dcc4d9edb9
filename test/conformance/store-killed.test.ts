/** A host that is killed while it commits: what was acknowledged is there, whole, at whatever instruction it died. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RunId } from '../../src/model/ids.ts'
import { openReads } from '../../src/store/reader/reads.ts'
import { Child } from './child.ts'
import { ScratchStore } from './scratch-store.ts'

const scale = Number(process.env['CAIRN_SCALE'] ?? 0.1)
const kills = Math.ceil(20 * scale)
/** As long as many take; no single one waits. */
const patience = 60_000 * Math.max(1, 10 * scale)

let scratch: ScratchStore
beforeEach(() => {
  scratch = new ScratchStore()
})
afterEach(() => scratch.remove())

test(`${kills} times over, every acknowledged transition is there after SIGKILL`, async () => {
  const acknowledged = new Map<string, number>()
  let last = 0
  const heard = (line: string): void => {
    const [run = '', version, position] = line.split(' ')
    acknowledged.set(run, Number(version))
    last = Number(position)
  }

  for (let kill = 1; kill <= kills; kill++) {
    const child = new Child('committing.ts', scratch.workspace, String(kill * 10))
    // Each time a little later, so that the kill meets other moments.
    for (let line = 0; line < 10 + kill * 7; line++) heard((await child.says()) ?? expect.fail('it ended by itself'))
    for (const line of await child.kill()) if (line.split(' ').length === 3) heard(line)

    const store = await scratch.open()
    for (const [run, version] of acknowledged) {
      const stored = store.storage.load(RunId.parse(run))
      expect(stored?.record.version).toBeGreaterThanOrEqual(version)
      expect(stored?.steps).toHaveLength(1)
    }
    expect(store.alarm).toBeNull()
    // In this thread: to start one each time would take longer than all the rest.
    const reads = openReads(scratch.workspace)
    expect(reads.journal(last - 1, 1, null)[0]).toMatchObject({ position: last })
    expect(reads.verify()).toMatchObject({ findings: [] })
    reads.close()
    await scratch.shut()
  }
}, patience)

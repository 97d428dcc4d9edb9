/**
 * How smoothly the playhead is dragged through a run of thousands of checkpoints, in a real browser over a host of its
 * own: `npm run bench:scrub -- --checkpoints 5000 --seconds 10`.
 *
 * The run is made first, by the real engine on the real store. The pointer crosses the whole track and comes back, moved
 * 125 times a second as mice do.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { launchChromium } from '../test/e2e/chromium.ts'
import { type Measured, measureFrames, report } from './frames.ts'
import { startHost } from './host-process.ts'

const { values } = parseArgs({
  options: { checkpoints: { type: 'string', default: '5000' }, seconds: { type: 'string', default: '10' } },
})

/** Milliseconds between two moves of the pointer. */
const tick = 8
/** Steps of a pass, each of which leaves a checkpoint. */
const steps = 3

const { promise: made, resolve: isMade } = Promise.withResolvers<string>()
const passes = Math.ceil(Number(values.checkpoints) / steps)
const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'))
const host = await startHost({ folder, runs: 1, events: 1_000_000, passes, isReplaced: false }, (commits) => {
  const far = commits.find(({ checkpoints }) => checkpoints >= Number(values.checkpoints))
  if (far !== undefined) isMade(far.run)
})
const browser = await launchChromium()
try {
  const run = await made
  const { origin, hash } = new URL(host.address)
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`${origin}/runs/${run}${hash}`)
  await page.getByRole('slider', { name: 'Checkpoint' }).waitFor()
  // What the page takes to begin is not what it takes to be scrubbed.
  await pause(5_000)
  const measured = await measureDrag(page, Number(values.seconds))
  const load = loadavg().map((each) => each.toFixed(1)).join(' ')
  console.log([`${values.checkpoints} checkpoints`, ...report(measured), `load of the machine: ${load}`].join('\n'))
} finally {
  await browser.close()
  host.end()
  rmSync(folder, { recursive: true, force: true })
}

/** Drags from the last checkpoint to the first, and back. Flagged are frames in which the present is shown. */
async function measureDrag(page: Page, seconds: number): Promise<Measured> {
  const track = page.getByRole('slider', { name: 'Checkpoint' })
  const { x, y, width, height } = (await track.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const moves = (1_000 * seconds) / tick
  await page.mouse.move(x + width - 20, y + height / 2)
  await page.mouse.down()
  const measured = await measureFrames(page, '.playhead.present', async (devtools) => {
    const sent: Promise<unknown>[] = []
    for (let move = 0; move <= moves; move += 1) {
      const share = Math.abs(1 - (2 * move) / moves)
      sent.push(
        devtools.send('Input.dispatchMouseEvent', { type: 'mouseMoved', button: 'left', buttons: 1, x: x + 1 + share * (width - 22), y: y + height / 2 }),
      )
      await pause(tick)
    }
    await Promise.all(sent)
  })
  await page.mouse.up()
  return measured
}

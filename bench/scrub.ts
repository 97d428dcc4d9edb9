/**
 * How smoothly the playhead is dragged through a run of thousands of checkpoints, in a real browser over a host of its
 * own: `npm run bench:scrub -- --checkpoints 5000 --seconds 10 --rounds 2`.
 *
 * The run is made first, by the real engine on the real store. The pointer crosses the whole track and comes back, moved
 * 125 times a second as mice do. In turn with it the same is done to a page on which one line follows the pointer and
 * nothing else is: frames that are late there too are those of the browser and of whatever else the machine does. What
 * the main thread does is traced in a drag of its own, since that takes time, too.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { launchChromium } from '../test/e2e/chromium.ts'
import { measureFrames, report } from './frames.ts'
import { startHost } from './host-process.ts'
import { reportMainThread, traceMainThread } from './main-thread.ts'

const { values } = parseArgs({
  options: {
    checkpoints: { type: 'string', default: '5000' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '2' },
  },
})

/** Milliseconds between two moves of the pointer. */
const tick = 8
/** Steps of a pass, each of which leaves a checkpoint. */
const steps = 3

/** A line that follows the pointer, drawn once a frame. */
const barePage = `
  <body style="margin: 0">
    <div role="slider" aria-label="Checkpoint" style="position: absolute; top: 1000px; width: 100%; height: 30px"></div>
    <div id="line" style="position: absolute; width: 1px; height: 1000px; background: blue; will-change: translate"></div>
    <script>
      let frame
      document.querySelector('[role="slider"]').onpointermove = ({ clientX }) => {
        frame ??= requestAnimationFrame(() => {
          frame = undefined
          line.style.translate = clientX + 'px'
        })
      }
    </script>
  </body>`

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
  const scrubbed = await openPage(browser, (page) => page.goto(`${origin}/runs/${run}${hash}`))
  const bare = await openPage(browser, (page) => page.setContent(barePage))
  // What the page takes to begin is not what it takes to be scrubbed.
  await pause(5_000)
  for (let round = 0; round < Number(values.rounds); round += 1) {
    console.log([`\n${values.checkpoints} checkpoints`, ...(await measured(scrubbed))].join('\n'))
    console.log(['\na bare page', ...(await measured(bare))].join('\n'))
    console.log(`load of the machine: ${loadavg().map((each) => each.toFixed(1)).join(' ')}`)
  }
} finally {
  await browser.close()
  host.end()
  rmSync(folder, { recursive: true, force: true })
}

async function openPage(within: Browser, fill: (page: Page) => Promise<unknown>): Promise<Page> {
  const page = await within.newPage({ viewport: { width: 1920, height: 1080 } })
  await fill(page)
  await page.getByRole('slider', { name: 'Checkpoint' }).waitFor()
  return page
}

async function measured(page: Page): Promise<readonly string[]> {
  await page.bringToFront()
  const frames = await held(page, (drag) => measureFrames(page, '.playhead.present', drag))
  const traced = await held(page, (drag) => traceMainThread(page, drag))
  return [...report(frames), ...reportMainThread(traced)]
}

type Drag = (devtools: CDPSession) => Promise<void>

/** Takes hold of the playhead at the end of the track; `act` is given what drags it to the first checkpoint, and back. */
async function held<Answer>(page: Page, act: (drag: Drag) => Promise<Answer>): Promise<Answer> {
  const track = page.getByRole('slider', { name: 'Checkpoint' })
  const { x, y, width, height } = (await track.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  const moves = (1_000 * Number(values.seconds)) / tick
  await page.mouse.move(x + width - 20, y + height / 2)
  // A hand is there for a while before it takes hold.
  await pause(500)
  await page.mouse.down()
  const answer = await act(async (devtools) => {
    const sent: Promise<unknown>[] = []
    for (let move = 0; move <= moves; move += 1) {
      const at = { x: x + 1 + Math.abs(1 - (2 * move) / moves) * (width - 22), y: y + height / 2 }
      sent.push(devtools.send('Input.dispatchMouseEvent', { type: 'mouseMoved', button: 'left', buttons: 1, ...at }))
      await pause(tick)
    }
    await Promise.all(sent)
  })
  await page.mouse.up()
  return answer
}

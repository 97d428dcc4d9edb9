import type { Page } from 'playwright-core'
import { z } from 'zod'

const Watched = z.object({
  /** How often the playhead moved within one frame; of each frame in which it did. */
  moves: z.array(z.number()),
  /** Of each of these moves, which checkpoint the timeline, the graph and the inspector showed. */
  shown: z.array(z.array(z.string())),
  /** Which they show when it is told. */
  last: z.array(z.string()),
  /** What was drawn anew that stands outside of what a moment is shown in, or inside of what it left as it was. */
  astray: z.array(z.string()),
  /** What was made anew in the graph, and where. */
  made: z.array(z.string()),
})

const begin = (untouched: string): string => `
  const watched = (window.scrubWatch = { moves: [], shown: [], astray: [], made: [] })
  let frame = 0
  let last = -1
  requestAnimationFrame(function next() {
    frame += 1
    requestAnimationFrame(next)
  })
  const numberIn = (selector) => /checkpoint (\\d+)/i.exec(document.querySelector(selector)?.textContent ?? '')?.[1] ?? 'none'
  const numbers = (window.scrubNumbers = () => ['.run-timeline .place', '.run-graph > .past', '.run-inspector [role="tabpanel"] h3'].map(numberIn))
  const places = '.run-graph, .run-inspector, .track > .plot, .place'
  // The chosen row is the one that the address names: it is another where the playhead rests.
  const isChoice = (element) => element.matches('.row, .row > .label')
  const untouched = ${JSON.stringify(untouched)}
  new MutationObserver((records) => {
    const elements = records.map(({ target }) => target instanceof Element ? target : target.parentElement)
    for (const element of elements) {
      if (element === null || !element.isConnected || isChoice(element)) continue
      if (element.closest(places) === null || element.closest(untouched) !== null) watched.astray.push(element.outerHTML.slice(0, 200))
    }
    for (const { target, addedNodes } of records) {
      const place = target.closest?.('.react-flow__node, .graph-legend')
      for (const element of addedNodes) if (place && element instanceof Element) watched.made.push((place.dataset.id ?? '') + element.outerHTML)
    }
    if (!records.some(({ attributeName }) => attributeName === 'aria-valuenow')) return
    if (frame === last) watched.moves[watched.moves.length - 1] += 1
    else watched.moves.push(1)
    last = frame
    watched.shown.push(numbers())
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
`

/**
 * Watches how a page is drawn while the playhead is dragged, from now on; what it answers tells it. All of a change is in
 * the page when it is looked at: whoever shows what the playhead has left long ago is found out.
 *
 * @param untouched selects what none of the moments that are passed changes
 */
export async function watchScrub(page: Page, untouched: string): Promise<() => Promise<z.infer<typeof Watched>>> {
  await page.evaluate(begin(untouched))
  return async () => Watched.parse(await page.evaluate('({ ...window.scrubWatch, last: window.scrubNumbers() })'))
}

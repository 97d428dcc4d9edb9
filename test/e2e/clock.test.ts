/** The clock of whoever looks goes wrong by hours: what is shown counts by the host's. */
import type { Page } from 'playwright-core'
import { expect, test, vi } from 'vitest'
import { openScreen, withBrowser } from './console.ts'
import { withFullHouse } from './full-house.ts'

withBrowser()
const house = withFullHouse()

const hour = 3_600_000

/** What a screen says, without the figures that a second changes. */
const settled = (text: string): string => text.replaceAll(/\d+([.,:]\d+)*\s*(ms|min|s)?\b/g, '#').replaceAll(/(# ?)+/g, '#')

test.each([3 * hour, -3 * hour])('a clock that is %d ms off changes no age, no length and no time that is left', async (off) => {
  const { host, runs, decision, mail } = house()
  const places = [
    '/?range=1h',
    '/runs',
    '/runs?query=started:<1h',
    `/runs/${runs.running}`,
    `/runs/${runs.asking}`,
    '/attention',
    `/attention?decision=${runs.asking}.${decision}`,
    '/workflows',
    '/workflows/refund?tab=health',
    `/mail?id=${mail}`,
  ]
  const { page: right, at } = await openScreen(host)
  const { page: wrong } = await openScreen(host)
  await wrong.context().addInitScript(`{ const right = Date.now; Date.now = () => right() + ${off} }`)
  for (const place of places) {
    await right.goto(at(place))
    await wrong.goto(at(place))
    const says = async (page: Page) => settled(await page.getByRole('main').innerText())
    await vi.waitFor(async () => expect(await says(wrong), place).toBe(await says(right)), { timeout: 20_000, interval: 100 })
  }
})

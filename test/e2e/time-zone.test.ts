/** One time zone for all that is shown, chosen by whoever looks. */
import { expect, test } from 'vitest'
import { openScreen, withBrowser } from './console.ts'
import { withFullHouse } from './full-house.ts'

withBrowser()
const house = withFullHouse()

test('every time is shown in the zone that was chosen, on every screen and after a reload', async () => {
  const { host, runs, decision, mail } = house()
  const { page, at } = await openScreen(host, { timezoneId: 'Asia/Kathmandu' })
  /** The instants that are shown, each with the zone in which it says that it is. */
  const zones = async (): Promise<ReadonlySet<string>> => {
    const titles = await page.locator('time[title]').evaluateAll((times: readonly { title: string }[]) => times.map(({ title }) => title))
    return new Set(titles.map((title) => title.split(' ').at(-1) ?? ''))
  }
  const places = ['/', '/runs', `/runs/${runs.mailed}`, `/attention?decision=${runs.asking}.${decision}`, '/workflows/refund?tab=revisions', `/mail?id=${mail}`]
  for (const place of places) {
    await page.goto(at(place))
    await expect.poll(zones, { message: place }).toEqual(new Set(['GMT+5:45']))
  }
  await page.getByRole('button', { name: /^Times are shown in/ }).click()
  await page.getByRole('menuitem', { name: 'UTC' }).click()
  for (const place of places.toReversed()) {
    await page.goto(at(place))
    await expect.poll(zones, { message: place }).toEqual(new Set(['UTC']))
  }
})

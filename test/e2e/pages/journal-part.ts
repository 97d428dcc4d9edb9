import type { Locator, Page } from 'playwright-core'

/** The journal of a run, newest first. */
export class JournalPart {
  readonly #panel: Locator
  readonly #list: Locator
  /** Leads back to the top. */
  readonly newest: Locator

  constructor(page: Page) {
    this.#panel = page.getByRole('tabpanel', { name: 'Journal' })
    this.#list = this.#panel.getByRole('region', { name: 'Journal' })
    this.newest = this.#panel.getByRole('button', { name: 'Newest' })
  }

  says(words: string): Locator {
    return this.#panel.getByText(words)
  }

  entry(words: string): Locator {
    return this.#list.getByRole('article').filter({ hasText: words })
  }

  /** Goes to the end, again as often as older entries come, until one of these words is there. */
  async readTo(words: string): Promise<void> {
    while (!(await this.entry(words).isVisible())) {
      await this.#list.evaluate((list: Scroller) => {
        list.scrollTop = list.scrollHeight
      })
    }
  }

  async scrollBack(pixels: number): Promise<void> {
    await this.#list.evaluate((list: Scroller, by) => {
      list.scrollTop -= by
    }, pixels)
    await this.newest.waitFor()
  }

  /** The first entry that is wholly in sight, and how far below the top it stands. */
  async first(): Promise<readonly [string, number]> {
    const { y: top = 0 } = (await this.#list.boundingBox()) ?? {}
    for (const entry of await this.#list.getByRole('article').all()) {
      const { y = 0 } = (await entry.boundingBox()) ?? {}
      if (y >= top) return [await entry.innerText(), Math.round(y - top)]
    }
    throw new Error('no entry is in sight')
  }
}

/** As much of an element as is needed here. */
interface Scroller {
  scrollTop: number
  readonly scrollHeight: number
}

import type { Locator, Page } from 'playwright-core'

/** The tour of the console: its offer, and its line above every screen. */
export class TourPart {
  readonly page: Page
  readonly offer: Locator
  readonly strip: Locator

  constructor(page: Page) {
    this.page = page
    this.offer = page.getByRole('region', { name: 'Tour' })
    this.strip = page.getByRole('complementary', { name: 'Tour' })
  }

  /** Waits until it is at the stop of that title. */
  async isAt(title: string): Promise<void> {
    await this.strip.getByText(title, { exact: true }).waitFor()
  }

  button(name: string): Locator {
    return this.strip.getByRole('button', { name })
  }

  /** What the tour speaks of at the moment. */
  marked(): Locator {
    return this.page.locator('[data-tour-here]')
  }
}

import type { Locator, Page } from 'playwright-core'

/** Where a run is started. */
export class StartPage {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  field(name: string): Locator {
    return this.page.getByRole('textbox', { name: new RegExp(`^${name}`) })
  }

  group(name: string): Locator {
    return this.page.getByRole('group', { name: new RegExp(`^${name}`) })
  }

  /** What stands in the way, each a link to its field. */
  get problems(): Locator {
    return this.page.getByRole('alert').getByRole('listitem')
  }

  way(name: 'Form' | 'JSON' | 'Earlier run'): Locator {
    return this.page.getByRole('tab', { name, exact: true })
  }

  get json(): Locator {
    return this.page.getByRole('textbox', { name: 'Input as JSON' })
  }

  /** By the keyboard, from wherever the focus is. */
  async start(): Promise<void> {
    await this.page.keyboard.press('Control+Enter')
  }

  async isAtRun(): Promise<void> {
    await this.page.waitForURL(/\/runs\/[0-9A-Z]{26}/)
  }
}

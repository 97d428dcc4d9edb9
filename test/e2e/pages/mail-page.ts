import type { FrameLocator, Locator, Page } from 'playwright-core'

/** The messages that the catcher received. */
export class MailPage {
  readonly page: Page
  readonly list: Locator
  readonly reader: Locator

  constructor(page: Page) {
    this.page = page
    this.list = page.getByRole('region', { name: 'Received mail' })
    this.reader = page.getByRole('region', { name: 'The chosen message' })
  }

  row(text: string | RegExp): Locator {
    return this.list.getByRole('link').filter({ hasText: text })
  }

  part(name: 'Text' | 'HTML' | 'Headers' | 'Source'): Locator {
    return this.reader.getByRole('tab', { name })
  }

  shown(): Locator {
    return this.reader.getByRole('tabpanel')
  }

  html(): FrameLocator {
    return this.reader.frameLocator('iframe')
  }
}

import type { Locator, Page } from 'playwright-core'

/** Whether the store is whole. */
export class IntegrityPage {
  readonly page: Page
  readonly findings: Locator

  constructor(page: Page) {
    this.page = page
    this.findings = page.getByRole('region', { name: 'Findings' }).getByRole('row')
  }

  verify(): Locator {
    return this.page.getByRole('button', { name: /^Verify now/ })
  }

  /** What the last walk came to. */
  outcome(words: string | RegExp): Locator {
    return this.page.getByRole('region', { name: 'How it stands' }).getByRole('status').filter({ hasText: words })
  }

  standing(word: string): Locator {
    return this.page.getByRole('region', { name: 'How it stands' }).getByText(word, { exact: true })
  }
}

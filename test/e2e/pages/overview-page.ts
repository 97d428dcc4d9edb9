import type { Locator, Page } from 'playwright-core'

/** How everything is, at a glance. */
export class OverviewPage {
  readonly page: Page
  readonly ticker: Locator

  constructor(page: Page) {
    this.page = page
    this.ticker = page.getByRole('list', { name: 'What happened last, newest first' })
  }

  /** One of the figures by its name: `Running`, `Completed, 1 h`. */
  figure(name: string): Locator {
    return this.page.getByRole('list', { name: 'Figures' }).getByRole('listitem').filter({ has: this.page.getByText(name, { exact: true }) })
  }

  range(label: string): Locator {
    return this.page.getByRole('group', { name: 'Range of time' }).getByRole('button', { name: label, exact: true })
  }

  /** The figures of a chart in words and numbers, a list for each row, without the row of titles. */
  async figuresOf(chart: string): Promise<readonly (readonly string[])[]> {
    const rows = await this.page.getByRole('figure', { name: chart }).getByRole('table').locator('tbody').getByRole('row').all()
    return Promise.all(rows.map((row) => row.getByRole('cell').allTextContents()))
  }

  /** Lines of what needs attention. */
  needing(text: string | RegExp): Locator {
    return this.page.getByRole('region', { name: /^Needs attention/ }).getByRole('listitem').filter({ hasText: text })
  }
}

import type { Locator, Page } from 'playwright-core'

/** Going back to a moment of a run: what it leads to, the button that does it, and the branches. */
export class RestorePart {
  readonly page: Page
  readonly branches: Locator

  constructor(page: Page) {
    this.page = page
    this.branches = page.getByRole('region', { name: 'Branches' })
  }

  /** What going back to that checkpoint leads to. */
  moment(checkpoint: number | RegExp): Locator {
    const name = typeof checkpoint === 'number' ? `Restore checkpoint ${checkpoint}` : checkpoint
    return this.page.getByRole('region', { name, exact: true })
  }

  /** A part of what it leads to, by its title. */
  group(title: string): Locator {
    return this.page.locator('.preview-parts .side-part').filter({ has: this.page.getByRole('heading', { name: title }) })
  }

  button(): Locator {
    return this.page.locator('.restore-moment').getByRole('button', { name: /^Restore checkpoint/ })
  }

  reason(): Locator {
    return this.page.locator('.restore-moment').getByRole('textbox')
  }

  /** With which definition the run goes on, where there is a choice. */
  definition(): Locator {
    return this.page.locator('.restore-moment').getByRole('combobox', { name: 'With the definition' })
  }

  /** The question before the outside world is touched. */
  question(): Locator {
    return this.page.getByRole('dialog', { name: /^Restore checkpoint \d+ of/ })
  }

  branch(name: string): Locator {
    return this.branches.getByRole('listitem').filter({ has: this.page.getByText(name, { exact: true }) })
  }

  difference(text: string | RegExp): Locator {
    return this.page.getByRole('region', { name: 'Differences' }).locator('.difference').filter({ hasText: text })
  }
}

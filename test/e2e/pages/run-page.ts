import type { Locator, Page } from 'playwright-core'

/** A run, as somebody follows it. */
export class RunPage {
  readonly page: Page
  readonly graph: Locator
  readonly timeline: Locator
  readonly inspector: Locator

  constructor(page: Page) {
    this.page = page
    this.graph = page.getByRole('region', { name: /^Graph of/ })
    this.timeline = page.getByRole('region', { name: 'Timeline', exact: true })
    this.inspector = page.getByRole('region', { name: 'Inspector' })
  }

  /** The sentence that says why it stands as it does. */
  says(words: string | RegExp): Locator {
    return this.page.locator('header').getByText(words)
  }

  action(name: string | RegExp): Locator {
    return this.page.locator('main > header').getByRole('button', { name })
  }

  tab(name: string | RegExp): Locator {
    return this.inspector.getByRole('tab', { name })
  }

  /** The chosen tab's panel. */
  get panel(): Locator {
    return this.inspector.getByRole('tabpanel')
  }

  /** A step's row of the timeline. */
  row(step: string): Locator {
    return this.timeline.getByRole('button', { name: step, exact: true })
  }

  checkpoint(): Locator {
    return this.timeline.getByRole('slider', { name: 'Checkpoint' })
  }

  past(): Locator {
    return this.page.getByText(/^As it was at checkpoint/)
  }

  told(words: string | RegExp): Locator {
    return this.page.locator('.toast').filter({ hasText: words })
  }
}

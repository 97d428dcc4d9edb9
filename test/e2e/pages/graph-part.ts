import type { Locator, Page } from 'playwright-core'

/** The graph of a run, as whoever uses the keyboard has it: a list that stands for the picture. */
export class GraphPart {
  readonly #region: Locator
  readonly list: Locator
  readonly steps: Locator

  constructor(page: Page) {
    this.#region = page.getByRole('region', { name: /^Graph of/ })
    this.list = this.#region.getByRole('listbox')
    this.steps = this.list.getByRole('option')
  }

  step(name: RegExp): Locator {
    return this.list.getByRole('option', { name })
  }

  /** The drawn step of that name. */
  node(name: string): Locator {
    return this.#region.locator('.graph-node').filter({ hasText: name })
  }

  /** The name of what is selected. */
  async current(): Promise<string | undefined> {
    return (await this.list.getByRole('option', { selected: true }).allTextContents())[0]
  }
}

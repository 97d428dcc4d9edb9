import type { Locator, Page } from 'playwright-core'

/** The list of runs as somebody reads and works it. */
export class RunsPage {
  readonly page: Page
  readonly query: Locator
  readonly table: Locator

  constructor(page: Page) {
    this.page = page
    this.query = page.getByRole('combobox', { name: 'Query for runs' })
    this.table = page.getByRole('grid', { name: 'Runs' })
  }

  /** The row of this number, from 1, among all of the list; it is there only while it is in view. */
  row(number: number): Locator {
    return this.table.locator(`[role="row"][aria-rowindex="${number + 1}"]`)
  }

  rows(): Locator {
    return this.table.locator('[role="row"][data-index]')
  }

  /** A cell of a row by its column: `status`, `workflow`, `attempts`. */
  cell(row: Locator, column: string): Locator {
    return row.locator(`[data-column="${column}"]`)
  }

  /** The row that the cursor is on. */
  cursor(): Locator {
    return this.table.locator('[data-cursor="true"]')
  }

  chip(status: string): Locator {
    return this.page.getByRole('group', { name: 'Status', exact: true }).getByRole('button', { name: status })
  }

  /** Waits until the list has so many rows. */
  async hasRows(count: number): Promise<void> {
    await this.page.locator(`[role="grid"][aria-label="Runs"][aria-rowcount="${count + 1}"]`).waitFor()
  }

  async ask(query: string): Promise<void> {
    await this.query.fill(query)
    await this.query.press('Enter')
  }

  /** The pixels that the list is scrolled by. */
  async scrolled(): Promise<number> {
    return this.page.evaluate('document.querySelector(\'[role="grid"]\').scrollTop')
  }

  /** Turns the wheel by so many pixels over the list. */
  async scroll(down: number): Promise<void> {
    await this.table.hover()
    await this.page.mouse.wheel(0, down)
  }

  bulk(): Locator {
    return this.page.getByRole('region', { name: 'Marked runs' })
  }

  results(): Locator {
    return this.page.getByRole('region', { name: 'Result of each run' })
  }
}

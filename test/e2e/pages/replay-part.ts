import type { Locator, Page } from 'playwright-core'

/** A new run from a moment of another: what it leads to, what is edited before, and the button that begins it. */
export class ReplayPart {
  readonly page: Page
  readonly moment: Locator

  constructor(page: Page) {
    this.page = page
    this.moment = page.locator('.replay-moment')
  }

  button(): Locator {
    return this.moment.getByRole('button', { name: /^Replay from checkpoint/ })
  }

  reason(): Locator {
    return this.moment.getByRole('textbox', { name: 'Why, kept in the journal' })
  }

  /** By which definition the new run goes, where there is a choice. */
  definition(): Locator {
    return this.moment.getByRole('combobox', { name: 'With the definition' })
  }

  /** A part of what it leads to, by its title. */
  group(title: string): Locator {
    return this.moment.locator('.side-part').filter({ has: this.page.getByRole('heading', { name: title }) })
  }

  /** What opens a value so that it can be edited, of whichever iteration; it says how that stands. */
  value(name: string): Locator {
    return this.moment.getByRole('button', { name: new RegExp(`^${name}(, iteration \\d+)? ?(set at|migrated|edited|does not fit)`) })
  }

  /** The place where a value is written as JSON. */
  json(name: string): Locator {
    return this.moment.getByRole('textbox', { name: new RegExp(`^${name}(, iteration \\d+)? as JSON$`) })
  }

  edit(): Locator {
    return this.moment.getByRole('region', { name: /^What the edit of .* changes$/ })
  }

  /** The runs that were begun as replays of the one that is shown. */
  replays(): Locator {
    return this.page.getByRole('region', { name: 'Replays of this run' }).getByRole('listitem')
  }

  /** What the run that is shown is a replay of. */
  origin(): Locator {
    return this.page.locator('main > header').getByRole('link', { name: /^replay of/ })
  }

  /** The decision that arms a step, beside what the run is a replay of. */
  toBeArmed(step: string): Locator {
    return this.page.locator('main > header .arms').getByRole('link', { name: step })
  }
}

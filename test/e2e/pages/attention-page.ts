import type { Locator, Page } from 'playwright-core'

/** What needs a person, as somebody answers it. */
export class AttentionPage {
  readonly page: Page
  readonly list: Locator
  readonly item: Locator
  readonly aside: Locator

  constructor(page: Page) {
    this.page = page
    this.list = page.getByRole('region', { name: 'What needs attention' })
    this.item = page.getByRole('region', { name: 'The chosen item' })
    this.aside = page.getByRole('complementary', { name: 'What your answer leads to' })
  }

  row(text: string | RegExp): Locator {
    return this.list.getByRole('link').filter({ hasText: text })
  }

  title(text: string | RegExp): Locator {
    return this.item.getByRole('heading', { level: 2, name: text })
  }

  /** The field in which a value is edited, by where the value stands: `letter.body`. */
  editor(name: string): Locator {
    return this.item.getByRole('textbox', { name })
  }

  edit(): Locator {
    return this.item.getByRole('region', { name: 'What the edit changes' })
  }

  note(): Locator {
    return this.item.getByRole('textbox', { name: /^Note/ })
  }

  answer(words: string | RegExp): Locator {
    return this.item.getByRole('group', { name: 'Your answer' }).getByRole('button', { name: words })
  }

  /** The question before something leaves the house, or the run ends. */
  question(words: string | RegExp): Locator {
    return this.page.getByRole('dialog', { name: words })
  }

  told(words: string | RegExp): Locator {
    return this.page.locator('.toast').filter({ hasText: words })
  }
}

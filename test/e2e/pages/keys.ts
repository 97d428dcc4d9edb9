import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Hands that have a keyboard and nothing else, and eyes that look for the focus after each step. */
export class Keys {
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
  }

  /** Presses one key after the other: `g m`, `Control+k`. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key)
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text)
  }

  /** Goes on by Tab until the focus is on what has that name. */
  async tabTo(name: RegExp): Promise<void> {
    const seen: string[] = []
    for (let step = 0; step < 80; step += 1) {
      await this.press('Tab')
      // After the last of the page comes the browser itself.
      if (await this.#page.evaluate('document.activeElement === document.body')) continue
      const focus = await this.focus()
      if (name.test(focus)) return
      seen.push(focus)
    }
    throw new Error(`nothing named ${String(name)} came into focus, only:\n${seen.join('\n')}`)
  }

  /** Waits until the focus is seen on what has that name. */
  async isOn(name: RegExp): Promise<void> {
    await expect.poll(() => this.focus()).toMatch(name)
  }

  /** The name of what has the focus, as it is read out. The focus must be seen: drawn, and within the window. */
  async focus(): Promise<string> {
    const { name, outline, width, height, within }: Focus = await this.#page.evaluate(focus)
    expect(outline, `the focus on ${name} is not drawn`).toBe(true)
    expect(Math.min(width, height), `the focus on ${name} has no size`).toBeGreaterThan(0)
    expect(within, `the focus on ${name} is out of the window`).toBe(true)
    return name
  }
}

interface Focus {
  readonly name: string
  readonly outline: boolean
  readonly width: number
  readonly height: number
  readonly within: boolean
}

/** Runs in the page. What has an active descendant shows the focus there. */
const focus = `(() => {
  const focused = document.querySelector(':focus-visible')
  if (focused === null) return { name: 'nothing', outline: false, width: 0, height: 0, within: false }
  const inside = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '') ?? focused
  const labels = [...(focused.labels ?? [])].map((label) => label.textContent)
  const name = [focused.ariaLabel, ...labels, focused.textContent, focused.getAttribute('placeholder')].find((text) => text) ?? focused.tagName
  const drawn = (element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
  }
  const { width, height, top, bottom, left, right } = inside.getBoundingClientRect()
  return {
    name: name.trim(),
    outline: drawn(inside) || drawn(focused) || drawn(focused.parentElement),
    width,
    height,
    within: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
  }
})()`

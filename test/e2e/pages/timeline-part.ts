import type { Locator, Page } from 'playwright-core'

/** The timeline of a run. */
export class TimelinePart {
  readonly #page: Page
  readonly #region: Locator
  readonly #axis: Locator
  readonly #track: Locator
  readonly marks: Locator
  /** The mark of the checkpoint that is looked at. */
  readonly chosen: Locator

  constructor(page: Page) {
    this.#page = page
    this.#region = page.getByRole('region', { name: 'Timeline', exact: true })
    this.#axis = this.#region.locator('.axis > .plot')
    this.#track = this.#region.getByRole('slider', { name: 'Checkpoint' })
    this.marks = this.#region.locator('.mark:not(.chosen, .against)')
    this.chosen = this.#region.locator('.mark.chosen')
  }

  button(name: string): Locator {
    return this.#region.getByRole('group', { name: 'Zoom of the timeline' }).getByRole('button', { name })
  }

  /** Which part is seen, in the words of whoever does not see it; empty where all of it is. */
  async seen(): Promise<string> {
    return this.#region.getByRole('group', { name: 'Zoom of the timeline' }).getByRole('status').innerText()
  }

  /** Takes hold of the axis and moves it so many pixels. */
  async drag(pixels: number): Promise<void> {
    const { x, y, width } = await this.#box()
    await this.#page.mouse.move(x + width / 2, y)
    await this.#page.mouse.down()
    await this.#page.mouse.move(x + width / 2 + pixels, y, { steps: 4 })
    await this.#page.mouse.up()
  }

  /** Brings the pointer over the track, at a share of its width. */
  async hover(share: number): Promise<void> {
    const { width, height } = (await this.#track.boundingBox()) ?? { width: 0, height: 0 }
    await this.#track.hover({ position: { x: share * width, y: height / 2 } })
  }

  /** Drags the playhead from one part of the track to another, each as a share of its width; in so many moves. */
  async scrub(from: number, to: number, moves = 12): Promise<void> {
    const box = await this.#track.boundingBox()
    if (box === null) throw new Error('the track is not shown')
    const [y, x] = [box.y + box.height / 2, (share: number) => box.x + share * (box.width - 1)]
    await this.#page.mouse.move(x(from), y)
    await this.#page.mouse.down()
    await this.#page.mouse.move(x(to), y, { steps: moves })
    await this.#page.mouse.up()
  }

  /** With Ctrl, over the middle of the axis. */
  async turnWheel(pixels: number): Promise<void> {
    const { x, y, width } = await this.#box()
    await this.#page.mouse.move(x + width / 2, y)
    await this.#page.keyboard.down('Control')
    await this.#page.mouse.wheel(0, pixels)
    await this.#page.keyboard.up('Control')
  }

  async chosenIsWithin(): Promise<boolean> {
    const [mark, { x, width }] = [await this.chosen.boundingBox(), await this.#box()]
    const middle = mark === null ? -1 : mark.x + mark.width / 2 - x
    return middle >= 0 && middle <= width
  }

  /** From the left and the middle of the axis. */
  async #box(): Promise<{ readonly x: number; readonly y: number; readonly width: number }> {
    const box = await this.#axis.boundingBox()
    if (box === null) throw new Error('the axis is not shown')
    return { x: box.x, y: box.y + box.height / 2, width: box.width }
  }
}

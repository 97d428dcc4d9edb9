import { describe, expect, it } from 'vitest'
import { shippedInput, walk } from './walk.fixture.ts'

const qualities = async (name: string): Promise<readonly (number | null)[]> =>
  (await walk(shippedInput(name))).map(({ final }) => final.quality)

describe('the shipped inputs', () => {
  it('first-contact is not good enough at first, and is at its second draft', async () => {
    const rounds = await walk(shippedInput('first-contact'))
    const [first, second] = rounds
    expect(rounds).toHaveLength(2)
    expect(first?.final.quality).toBeLessThan(80)
    expect(second?.final.quality).toBeGreaterThanOrEqual(80)
    expect(second?.final.body).toBe(`Hello Ana Lima,

I write to you for Northwind about a pilot for your stock reports.

First, to use our reports you do not need any new machines. Also, the software reads the numbers that you collect in your warehouse. So your team can start on the first day of the pilot. Second, the pilot takes four weeks and it is free, because we want you to see the reports with your own stock before you decide. Third, three companies of your size finished the pilot this year, and they receive their stock reports every morning. Last, after the pilot we delete all the data, unless you decide to keep the reports.

So please tell me which week suits you for a first call.

Then we can talk in detail about a pilot for your stock reports.

Best regards,
Jo Reed
Account manager
Northwind | northwind.example`)
  })

  it('first-contact has a margin on both sides', async () => {
    const [first, second] = await qualities('first-contact')
    expect(first).toBeLessThan(77)
    expect(second).toBeGreaterThan(90)
  })

  it('project-review is good at once', async () => {
    expect(await qualities('project-review')).toEqual([expect.closeTo(95, -1)])
  })

  it('outage-apology stays below to the last, and goes to a person with what is wrong with it', async () => {
    const rounds = await walk(shippedInput('outage-apology'))
    expect(rounds).toHaveLength(4)
    for (const { final } of rounds) expect(final.quality).toBeLessThan(80)
    const kinds = new Set(rounds.at(-1)?.final.remaining.map(({ kind }) => kind))
    expect(kinds).toEqual(new Set(['hard', 'passive', 'exclusive']))
  })

  it('come out the same every time', async () => {
    const input = shippedInput('first-contact')
    expect(await walk(input)).toEqual(await walk(input))
  })
})

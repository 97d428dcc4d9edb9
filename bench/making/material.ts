/** What the runs are about: made of the dice, so that a text is found in some runs and not in others. */
import type { Json } from '../../src/model/json.ts'
import type { Dice } from '../../test/simulation/dice.ts'

const people = ['Ada Lovelace', 'Ben Okri', 'Chen Wei', 'Dara Singh', 'Elif Kaya', 'Farid Nasser', 'Grete Hermann', 'Hugo Ball', 'Ines Prado', 'Jonas Ek']
const firms = ['Northwind', 'Acme Tools', 'Blue Harbour', 'Cobalt Press', 'Dune Logistics', 'Elm & Sons', 'Fjord Line', 'Granite Bank']
const articles = ['lantern', 'copper kettle', 'oak shelf', 'wool blanket', 'map of the coast', 'steel bolt M8', 'paper, 80 g', 'brass compass']
const sentences = [
  'The parcel is to be left with the neighbour.',
  'Please call before you come.',
  'The figures of last week were corrected by hand.',
  'We look forward to working with you.',
  'Nothing remarkable was found.',
  'The customer asked for an earlier date.',
  'Two rows had no region and were counted as unknown.',
  'A signature is needed at the door.',
]
const regions = ['north', 'south', 'east', 'west']
const events = ['contact.created', 'invoice.paid', 'parcel.delivered', 'ticket.closed']

const words = (dice: Dice): string => `${dice.pick(sentences)} ${dice.pick(sentences)}`
const number = (dice: Dice): string => String(dice.int(100_000, 999_999))
const addressOf = (name: string): string => `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.org`

/** Inputs by workflow. */
export const inputs: Readonly<Record<string, (dice: Dice) => Json>> = {
  order: (dice) => ({
    number: `A-${number(dice)}`,
    customer: `${dice.pick(people)}, ${dice.pick(firms)}`,
    lines: Array.from({ length: dice.int(1, 4) }, () => ({ article: dice.pick(articles), count: dice.int(1, 12) })),
    note: dice.percent(30) ? words(dice) : '',
  }),
  invoice: (dice) => {
    const customer = dice.pick(firms)
    return { number: `R-${number(dice)}`, customer, address: addressOf(customer), amount: dice.int(900, 250_000) / 100 }
  },
  onboarding: (dice) => {
    const name = dice.pick(people)
    return { name, address: addressOf(name), team: dice.pick(['sales', 'support', 'engineering']) }
  },
  'nightly-report': (dice) => ({ day: `2026-11-${dice.int(10, 28)}`, region: dice.pick(regions) }),
  webhook: (dice) => ({ event: dice.pick(events), subject: `${dice.pick(firms)} ${number(dice)}` }),
}

/** What a step answers: as its handler would, with words to be found. */
export function outputOf(step: string, dice: Dice): Json {
  switch (step) {
    case 'compose':
    case 'letter':
      return { subject: `${dice.pick(['Welcome', 'Invoice', 'Reminder'])} ${number(dice)}`, text: `Dear ${dice.pick(people)},\n\n${words(dice)}\n` }
    case 'charge':
      return { charged: dice.int(900, 90_000) / 100, receipt: `rcpt-${number(dice)}` }
    case 'ship':
      return { carrier: dice.pick(['post', 'courier', 'van']), tracking: `TR${number(dice)}` }
    default:
      return { ok: true, rows: dice.int(0, 50_000), words: words(dice) }
  }
}

export const failures = {
  transient: ['FetchFailed', 'the warehouse did not answer (ECONNRESET)'],
  timeout: ['StepTimedOut', 'it took longer than its timeout of 30 s'],
  crash: ['ProcessEnded', 'its process ended with exit code 134 (out of memory)'],
  permanent: ['CardDeclined', 'the card was declined: insufficient funds'],
  validation: ['OutputRefused', 'words: expected a text, received nothing'],
} as const

/** Real prose for the table tests: what the coherence reviewer must mark down, and what it must leave alone. */
import type { CoherenceMeasure } from './coherence.ts'

interface Case extends CoherenceMeasure {
  readonly text: string
}

export const faulty: readonly Case[] = [
  {
    subject: 'the pilot in March',
    keyPoints: ['the pilot starts on 2 March', 'it costs nothing'],
    text: 'The pilot starts on 2 March. Bananas grow in warm countries. Our canteen serves soup. Contracts lie in the cellar.',
  },
  {
    subject: 'your renewal',
    keyPoints: ['the price stays the same', 'two more seats are included'],
    text: 'Last summer was hot. Many shops in town have closed. Trains run every hour.\n\nWe like good music.',
  },
  {
    subject: 'the outage of 3 June',
    keyPoints: ['a disk failed', 'we replaced the disk within an hour', 'no data was lost'],
    text: 'We are sorry about the outage. Weather is fine here. My colleague plays chess.\n\nKind words cost nothing.',
  },
  {
    subject: 'the price list',
    keyPoints: ['delivery is free in July', 'orders need a purchase number'],
    text: 'We have moved to a new office. The office has three floors. Each floor has a kitchen.\n\nIn one kitchen we even bake.',
  },
  {
    subject: 'the training in Berlin',
    keyPoints: ['the training takes two days', 'lunch is included', 'bring a laptop'],
    text: 'Snow fell last night. Several roads are shut. Parking has become expensive.\n\nBooks make good presents.',
  },
  {
    subject: 'your stock reports',
    keyPoints: ['reports arrive every morning', 'they show the stock of both plants'],
    text: 'Our founder was born in Porto. Wine from there tastes sweet. Cork is light. Ships bring fish.\n\nSee you soon.',
  },
  {
    subject: 'the invoice of May',
    keyPoints: ['the invoice shows the wrong sum', 'we return the difference in three days'],
    text: 'The invoice was wrong. Elephants never forget. Paint dries slowly in winter. Doors should stay shut.\n\nWe wish you luck.',
  },
  {
    subject: 'the new contract',
    keyPoints: ['the contract runs for two years', 'either side may end it after one year'],
    text: 'Cats sleep a lot. Rain helps the garden. Football starts at nine.\n\nThe new contract is ready. Grass is green.',
  },
]

export const clean: readonly Case[] = [
  {
    subject: 'the pilot in March',
    keyPoints: ['the pilot starts on 2 March', 'it costs nothing'],
    text: 'The pilot starts on 2 March. It costs nothing, and your team needs no new machines for it. After four weeks we look at the results of the pilot together.',
  },
  {
    subject: 'your renewal',
    keyPoints: ['the price stays the same', 'two more seats are included'],
    text: 'It is time to talk about your renewal. If you renew, the price stays the same. For that price, two more seats are included.\n\nThen your renewal is settled in good time.',
  },
  {
    subject: 'the outage of 3 June',
    keyPoints: ['a disk failed', 'we replaced the disk within an hour', 'no data was lost'],
    text: 'We are sorry about the outage. It began when a disk failed. We replaced the disk within an hour, so no data was lost.\n\nThat is how the outage of 3 June came about.',
  },
  {
    subject: 'the price list',
    keyPoints: ['delivery is free in July', 'orders need a purchase number'],
    text: 'I attach the price list. It says that delivery is free in July. Also, your orders need a purchase number from now on.\n\nSo please write the number on the price list.',
  },
  {
    subject: 'the training in Berlin',
    keyPoints: ['the training takes two days', 'lunch is included', 'bring a laptop'],
    text: 'The training takes two days. On both days lunch is included. Please bring a laptop, since the training has many exercises.\n\nThen we see each other in Berlin.',
  },
  {
    subject: 'your stock reports',
    keyPoints: ['reports arrive every morning', 'they show the stock of both plants'],
    text: 'Your stock reports are ready. The reports arrive every morning. They show the stock of both plants.\n\nIf a report is late, call me.',
  },
  {
    subject: 'the invoice of May',
    keyPoints: ['the invoice shows the wrong sum', 'we return the difference in three days'],
    text: 'The invoice of May shows the wrong sum. That was our mistake. So we return the difference in three days. With that, the invoice is settled.',
  },
  {
    subject: 'the new contract',
    keyPoints: ['the contract runs for two years', 'either side may end it after one year'],
    text: 'Here is the new contract. The contract runs for two years. However, either side may end it after one year.\n\nSo please sign the contract by Friday.',
  },
]

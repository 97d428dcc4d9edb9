import { expect, test } from 'vitest'
import { contractionsIn } from './contractions.ts'

test.each([
  ["can't", 'cannot'],
  ["Won't", 'Will not'],
  ["Don't", 'Do not'],
  ["we’re", 'we are'],
  ["I'm", 'I am'],
  ["they'll", 'they will'],
  ["you've", 'you have'],
  ["Let's", 'Let us'],
])('%s is written out', (short, full) => {
  expect(contractionsIn(`${short} go.`)).toMatchObject([{ excerpt: short, replacement: full }])
})

test.each(["it's", "he'd", 'that’s'])('%s may stand for two words, so a person decides', (short) => {
  const [found] = contractionsIn(`Now ${short} done.`)
  expect(found).toMatchObject({ excerpt: short })
  expect(found).not.toHaveProperty('replacement')
})

test.each(["Ana's plan", 'the cats’ food', 'rock’n’roll'])('%s is none', (text) => {
  expect(contractionsIn(text)).toEqual([])
})

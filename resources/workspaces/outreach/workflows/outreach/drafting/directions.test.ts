import { expect, test } from 'vitest'
import { directionsOf } from './directions.ts'

test.each([
  ['Shorter, please', { shorter: true, plain: false }],
  ['Make it simpler and more formal', { plain: true, tone: 'formal' }],
  ['A bit friendlier', { tone: 'warm' }],
  ['Please add "The pilot ends on 30 March."', { additions: ['The pilot ends on 30 March.'] }],
  ['Add “One.” and “Two.”', { additions: ['One.', 'Two.'] }],
])('%s', (note, expected) => {
  expect(directionsOf([note])).toMatchObject({ ...expected, open: [] })
})

test('words inside quotes are to be added, not followed', () => {
  expect(directionsOf(['Add "Our formal offer is short."'])).toMatchObject({ tone: undefined, shorter: false })
})

test('of two tones the later one counts, and nothing else is forgotten', () => {
  expect(directionsOf(['formal and short', 'warmer'])).toMatchObject({ tone: 'warm', shorter: true })
})

test('a note that a template can do nothing with is kept for the person', () => {
  expect(directionsOf(['Call Ana first'])).toMatchObject({ open: ['Call Ana first'] })
})

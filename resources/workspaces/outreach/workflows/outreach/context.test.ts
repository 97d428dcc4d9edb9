import { expect, test } from 'vitest'
import { enrich } from './context.ts'

test('what is not given is what is usual in the house', () => {
  expect(enrich({})).toMatchObject({ tenant: 'default', locale: 'en-US', brand: { name: 'Northwind' } })
})

test('what is given stands, and the rest of a brand is filled in', () => {
  const context = enrich({ tenant: 'lisbon', locale: 'en-GB', brand: { name: 'Southwind' } })
  expect(context).toMatchObject({ tenant: 'lisbon', locale: 'en-GB', brand: { name: 'Southwind' } })
  expect(context.brand.signOff).not.toBe('')
})

test('a locale that no reviewer speaks is refused by name', () => {
  expect(() => enrich({ locale: 'de-DE' })).toThrow('locale')
})

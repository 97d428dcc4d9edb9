import { expect, test } from 'vitest'
import { emptyLedger, Ledger } from './ledger.ts'

test('a ledger of before attempts were counted does not pretend to know', () => {
  const { attempts: _, ...older } = emptyLedger
  expect(Ledger.parse(older)).toEqual({ ...emptyLedger, attempts: null })
})

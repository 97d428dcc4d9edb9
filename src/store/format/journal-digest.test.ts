import { createSecretKey } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleHostEntry } from '../../../test/conformance/samples.ts'
import { nonceBytes, sealCell } from '../crypt/cell.ts'
import { entryText } from './entry.ts'
import { chain, genesis, isRemoved, removedBytes, withoutBody } from './journal-digest.ts'

test('what stands in the place of a removed body is none, plain or encrypted, and the chain goes on over it', () => {
  const plain = entryText(sampleHostEntry())
  const secret = createSecretKey(Buffer.alloc(32, 7))
  const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 32 - 1 }), bytes(nonceBytes), (number, nonce) => {
      const sealed = sealCell({ number, secret }, 'journal', [1], nonce, Buffer.from(plain)).toString('base64')
      expect([plain[0], sealed[0]]).toEqual(['{', 'A'])
      for (const body of [plain, sealed]) {
        const left = withoutBody(body)
        expect([isRemoved(body), isRemoved(left), left.length]).toEqual([false, true, removedBytes])
        expect(chain(genesis, left)).toBe(chain(genesis, body))
      }
    }),
    { numRuns: 30 },
  )
})

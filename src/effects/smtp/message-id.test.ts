import { describe, expect, test } from 'vitest'
import { keyOf, messageIdOf } from './message-id.ts'

const key = '01ARZ3NDEKTSV4RRFFQ69G5FAV/send-it_2/1/0'

describe('a Message-ID', () => {
  test('holds the key that it was made of', () => {
    expect(messageIdOf(key)).toBe(`<${key}@cairn.local>`)
    expect(keyOf(messageIdOf(key))).toBe(key)
  })

  test.each(['', '<>', '@cairn.local>', `${key}@cairn.local`, `<${key}@cairn.local.example.com>`, '<1@example.com>'])(
    'of another is none of ours: %j',
    (messageId) => {
      expect(keyOf(messageId)).toBeNull()
    },
  )
})

import { describe, expect, it } from 'vitest'
import { Input } from './input.ts'
import { inputOf } from './walk.fixture.ts'

/** Path and message of everything that is wrong with an input. */
function problems(change: Record<string, unknown>): readonly string[] {
  const { error } = Input.safeParse({ ...inputOf(), ...change })
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('the input', () => {
  it('names the recipient where there is none, and what is missing of one', () => {
    expect(problems({ recipient: undefined })).toEqual(['recipient: must be given, with name and email'])
    expect(problems({ recipient: {} })).toEqual([
      'recipient.name: must be given, as text',
      'recipient.email: must be an e-mail address like ana.lima@example.com',
    ])
  })

  it.each(['', 'ana', 'ana@', '@example.com', 'ana@example', 'ana lima@example.com', 'ana@example.com\nBcc: all@example.com'])(
    'names the address where it is none: %j',
    (email) => {
      expect(problems({ recipient: { name: 'Ana', email } })).toEqual([
        'recipient.email: must be an e-mail address like ana.lima@example.com',
      ])
    },
  )

  it.each([
    ['subject', 'a\r\nBcc: all@example.com', 'subject: must stand on one line'],
    ['subject', '  ', 'subject: must not be empty'],
    ['keyPoints', [], 'keyPoints: must name one point at least'],
    ['keyPoints', Array.from({ length: 9 }, () => 'a point of many'), 'keyPoints: must name 8 points at most'],
    ['keyPoints', ['one line\nand another'], 'keyPoints.0: must stand on one line'],
    ['request', 'x'.repeat(201), 'request: must have 200 characters at most'],
  ])('refuses a %s such as %j', (field, value, problem) => {
    expect(problems({ [field]: value })).toEqual([problem])
  })

  it('says what it is made of, for a form', () => {
    const { title, description } = Input.shape.recipient.meta() ?? {}
    expect([title, description]).toEqual(['Recipient', 'The person to whom the message goes'])
  })
})

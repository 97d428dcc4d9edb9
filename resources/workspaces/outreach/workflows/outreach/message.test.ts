import addressparser from 'nodemailer/lib/addressparser'
import { expect, test } from 'vitest'
import { toMessage } from './message.ts'
import { inputOf, walk } from './walk.fixture.ts'

test('the letter goes from the sender to the recipient', async () => {
  const input = inputOf()
  const [round] = await walk(input)
  expect(round && toMessage(input, round.final)).toEqual({
    from: '"Jo Reed" <jo.reed@northwind.example>',
    to: '"Ana Lima" <ana.lima@example.com>',
    replyTo: '"Jo Reed" <jo.reed@northwind.example>',
    subject: 'Following up: the pilot in March',
    text: round?.final.body,
  })
})

test.each(['Lima, Ana', 'Ana "Annie" Lima', 'Ana <boss@example.com>', 'back\\slash', '東京'])(
  'a name such as %s stays a name',
  async (name) => {
    const input = inputOf({ recipient: { name, email: 'ana@example.com' } })
    const [round] = await walk(input)
    const to = round && toMessage(input, round.final).to
    expect(addressparser(String(to))).toEqual([{ name, address: 'ana@example.com' }])
  },
)

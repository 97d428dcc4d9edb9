import { describe, expect, it } from 'vitest'
import { Task, Tone } from '../input.ts'
import { letterOf } from '../letter.ts'
import { draftOf, inputOf, type Round, walk } from '../walk.fixture.ts'

async function firstRound(given: Parameters<typeof inputOf>[0] = {}): Promise<Round> {
  const [round] = await walk(inputOf(given))
  if (round === undefined) throw new Error('a walk has a round')
  return round
}

describe('a first draft', () => {
  it.each(Task.options)('for the task %s says every key point, in order, at the places that it tells', (task) => {
    const keyPoints = ['the pilot starts on 2 March', 'the pilot is free', 'you need no new machines']
    const { body, points } = draftOf({ task, keyPoints })
    expect(points.map(({ start, end }) => body.slice(start, end))).toEqual([
      'The pilot starts on 2 March.',
      'The pilot is free.',
      'You need no new machines.',
    ])
    expect(body).toContain('the pilot in March')
  })

  it.each(Tone.options)('in a %s tone greets, asks and ends in it', (tone) => {
    const { greeting, body, signOff } = draftOf({ tone, request: 'call me on Monday' })
    const expected = {
      plain: ['Hello Ana Lima,', 'Please call me on Monday.', 'Best regards,'],
      warm: ['Hi Ana,', 'Could you call me on Monday?', 'Warm regards,'],
      formal: ['Dear Ana Lima,', 'May I ask you to call me on Monday?', 'Yours sincerely,'],
    }[tone]
    expect([greeting, body.split('\n\n').at(-2), signOff.split('\n')[0]]).toEqual(expected)
  })

  it('tells about the house in a long letter only', () => {
    const about = 'Northwind builds reporting tools'
    expect(draftOf({ length: 'long' }).body).toContain(about)
    expect(draftOf({ length: 'standard' }).body).not.toContain(about)
  })

  it('takes words for words, whatever they mean to a template', () => {
    const { body } = draftOf({ keyPoints: ['we write {{ subject }} and {% if %} as they are'] })
    expect(body).toContain('We write {{ subject }} and {% if %} as they are.')
  })
})

describe('a draft that comes back', () => {
  it('makes of a hard key point several sentences, with what was corrected in it', async () => {
    const point =
      'in order to start you need no new machines, and the software reads the numbers that you collect in your warehouse, so your team can begin at once with what it has recieved'
    const last = await firstRound({ keyPoints: [point] })
    const next = draftOf({ keyPoints: [point] }, { last, notes: [] })
    expect(next.body).toContain(
      'To start you need no new machines. Also, the software reads the numbers that you collect in your warehouse. So your team can begin at once with what it has received.',
    )
    expect(next.changes).toContain('1 of 1 key points worded anew, as the reviewers suggest')
  })

  it('goes over to plain phrases where clarity was too low, to connectives where coherence was', async () => {
    const last = await firstRound()
    const unclear = draftOf({}, { last: { ...last, final: { ...last.final, below: ['clarity'] } }, notes: [] })
    expect(unclear).toMatchObject({ wording: 'plain', linked: false })
    const loose = draftOf({}, { last: { ...last, final: { ...last.final, below: ['coherence'] } }, notes: [] })
    expect(loose).toMatchObject({ wording: 'full', linked: true })
    expect(loose.body).toContain('First, the pilot starts on 2 March. Last, the pilot is free.')
  })

  it('keeps the capital of a name behind a connective', async () => {
    const keyPoints = ['Berlin opens in May', 'we hire there']
    const last = await firstRound({ keyPoints })
    const { body } = draftOf({ keyPoints }, { last: { ...last, final: { ...last.final, below: ['coherence'] } }, notes: [] })
    expect(body).toContain('First: Berlin opens in May. Last, we hire there.')
  })

  it('follows a note, once', async () => {
    const notes = ['More formal, and add "The pilot ends on 30 March"']
    const last = await firstRound()
    const second = draftOf({}, { last, notes })
    expect(second.greeting).toBe('Dear Ana Lima,')
    expect(second.body).toContain('First, the pilot starts on 2 March. Second, the pilot is free. Last, the pilot ends on 30 March.')
    const third = draftOf({}, { last: { draft: second, final: { ...last.final, body: letterOf(second, second.body) } }, notes })
    expect(third.points).toHaveLength(3)
  })

  it('says which notes it could do nothing with', async () => {
    expect(draftOf({}, { last: await firstRound(), notes: ['Ask Ana first'] }).open).toEqual(['Ask Ana first'])
  })

  it('leaves the text as a person changed it, and adds only what they ask for', async () => {
    const { draft, final } = await firstRound()
    const body = final.body.replace('The pilot is free.', 'The pilot costs you nothing at all.')
    const next = draftOf({}, { last: { draft, final: { ...final, body } }, notes: ['Add "See you soon"'] })
    expect(next.source).toBe('person')
    expect(letterOf(next, next.body)).toBe(body.replace(`\n\n${draft.signOff}`, `\n\nSee you soon.\n\n${draft.signOff}`))
  })

  it('does not greet twice where a person wrote their own greeting', async () => {
    const { draft, final } = await firstRound()
    const body = final.body.replace(draft.greeting, 'Good morning Ana,')
    const next = draftOf({}, { last: { draft, final: { ...final, body } }, notes: [] })
    expect(letterOf(next, next.body)).toBe(body)
  })
})

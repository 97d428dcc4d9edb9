import { expect, test } from 'vitest'
import { type Question, Revival } from './revival.ts'

const crash = { reason: 'crashed', exitCode: 5 }

/** A window whose person answers as the test says. */
function revived() {
  const done: string[] = []
  const asked: Question[] = []
  const said: string[] = []
  let now = 0
  let answer: (number: number) => void = () => undefined
  const revival = new Revival({
    now: () => now,
    load: () => done.push('load'),
    end: () => done.push('end'),
    close: () => done.push('close'),
    asks(question, over) {
      asked.push(question)
      return new Promise((resolve) => {
        answer = resolve
        over.addEventListener('abort', () => resolve(0))
      })
    },
    say: (line) => said.push(line),
  })
  return {
    ...{ revival, done, asked, said },
    passes: (millis: number) => (now += millis),
    async answers(number: number) {
      answer(number)
      await new Promise(setImmediate)
    },
  }
}

test('a page that dies is loaded again, and that is said', () => {
  const { revival, done, asked, said } = revived()
  revival.died(crash)
  expect([done, asked]).toEqual([['load'], []])
  expect(said).toEqual(['the page of a window has died (crashed, exit code 5); it is loaded again'])
})

test('one that was closed is not', () => {
  const { revival, done, said } = revived()
  revival.died({ reason: 'clean-exit', exitCode: 0 })
  expect([done, said]).toEqual([[], []])
})

test('the fourth that dies in a row is loaded only if somebody wants it, and then counts anew', async () => {
  const { revival, done, asked, answers } = revived()
  for (let count = 0; count < 4; count += 1) revival.died(crash)
  expect(done).toEqual(['load', 'load', 'load'])
  expect(asked).toMatchObject([{ message: 'This window cannot be shown', detail: expect.stringContaining('crashed, exit code 5') }])
  await answers(0)
  expect(done).toHaveLength(4)
  revival.died(crash)
  expect([done.length, asked.length]).toEqual([5, 1])
})

test('or its window is closed', async () => {
  const { revival, done, answers } = revived()
  for (let count = 0; count < 4; count += 1) revival.died(crash)
  await answers(1)
  expect(done.at(-1)).toBe('close')
})

test('pages that stood have not died in a row', () => {
  const { revival, asked, passes } = revived()
  for (let count = 0; count < 20; count += 1) {
    passes(60_000)
    revival.died(crash)
  }
  expect(asked).toEqual([])
})

test('a page that hangs is ended only if somebody wants it, and is then loaded again however often', async () => {
  const { revival, done, asked, answers } = revived()
  void revival.hangs()
  void revival.hangs()
  expect(asked).toHaveLength(1)
  await answers(0)
  expect(done).toEqual([])
  for (let count = 0; count < 5; count += 1) {
    void revival.hangs()
    await answers(1)
    expect(done.at(-1)).toBe('end')
    revival.died({ reason: 'killed', exitCode: 9 })
    expect(done.at(-1)).toBe('load')
  }
  expect(asked.every(({ message }) => message === 'This window does not answer')).toBe(true)
})

test.each([
  ['answers again', (revival: Revival) => revival.answers()],
  ['dies', (revival: Revival) => revival.died(crash)],
])('a page that hung and %s is not asked about any more', async (_, then) => {
  const { revival, done, answers } = revived()
  void revival.hangs()
  then(revival)
  const before = [...done]
  await answers(1)
  expect(done).toEqual(before)
})

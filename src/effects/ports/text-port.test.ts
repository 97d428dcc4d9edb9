import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { channel } from './node-port.fixture.ts'
import { TextPort } from './text-port.ts'

function opened(longest = 100) {
  const { near, far } = channel()
  onTestFinished(() => far.close())
  const texts: string[] = []
  const closed = Promise.withResolvers<void>()
  const port = new TextPort(near, longest, { text: (text) => texts.push(text), closed: closed.resolve })
  return { port, far, texts, closed: closed.promise }
}

test('a text counts as sent once it was taken, each in its turn', async () => {
  const { port, far } = opened()
  const sent: string[] = []
  const both = ['one', 'two'].map((text) => port.send(text).then(() => sent.push(text)))
  expect(await once(far, 'message')).toEqual(['one'])
  expect(sent).toEqual([])
  far.postMessage(true)
  await both[0]
  expect(sent).toEqual(['one'])
  far.postMessage(true)
  await both[1]
  expect(sent).toEqual(['one', 'two'])
})

test('what comes is heard, and answered', async () => {
  const { far, texts } = opened()
  far.postMessage('hello')
  expect(await once(far, 'message')).toEqual([true])
  expect(texts).toEqual(['hello'])
})

test.each([
  ['what is no text', { type: 'text' }],
  ['a text that is too long', 'x'.repeat(101)],
  ['an answer of another kind', false],
])('%s ends the port, and nobody waits any longer', async (_, nonsense) => {
  const { port, far, texts, closed } = opened()
  const sent = port.send('nobody answers')
  far.postMessage(nonsense)
  await closed
  await sent
  await port.send('nor hears this')
  expect(texts).toEqual([])
})

test('the end of the other side is heard once', async () => {
  const { port, far, closed } = opened()
  const sent = port.send('still waiting')
  far.close()
  await closed
  await sent
  port.close()
})

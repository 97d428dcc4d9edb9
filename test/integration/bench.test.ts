/** What the store is measured with works without its peers: a change of the host must not leave it behind unnoticed. */
import { expect, test } from 'vitest'
import { measured, resumed } from '../../bench/store/processes.ts'

test.for(['cairn', 'cairn processes', 'bare'])('%s is put through a load, and its figures are told', async (contender) => {
  const figures = await measured(contender, 'W2 normal', '0.01')
  expect(figures['steps/s']).toBeGreaterThan(0)
  expect(figures['resident MB']).toBeGreaterThan(0)
})

test('a run is taken up at the step at which its process was killed', async () => {
  expect(await resumed('cairn')).toEqual({ 'ms to the next step': expect.any(Number) })
})

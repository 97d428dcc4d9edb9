import { describe, expect, it } from 'vitest'
import { killHostWhile } from './doomed-host.fixture.ts'

const program = JSON.stringify('setInterval(() => {}, 1000)')

describe('when the host is killed', () => {
  it.each([
    ['waits', 'await never'],
    ['computes for ever', 'for (;;);'],
    ['blocks on a program', `require('node:child_process').execFileSync(process.execPath, ['-e', ${program}])`],
  ])('an executor dies with it that %s', async (_, code) => {
    await expect(killHostWhile(code)).resolves.toBeUndefined()
  })
})

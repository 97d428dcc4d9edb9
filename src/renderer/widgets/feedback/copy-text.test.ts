import { afterEach, expect, test, vi } from 'vitest'
import { copyText } from './copy-text.ts'
import { tell } from './toasts.tsx'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

test('a text is on the clipboard once that is answered', async () => {
  const written: string[] = []
  vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void written.push(text) } })
  expect(await copyText('as it is')).toBe(true)
  expect(written).toEqual(['as it is'])
})

test.each([
  ['refuses', { clipboard: { writeText: () => Promise.reject(new Error('Write permission denied.')) } }],
  ['has no clipboard', {}],
])('where the browser %s, that is told', async (_, navigator) => {
  vi.stubGlobal('navigator', navigator)
  const failed = vi.spyOn(tell, 'failed')
  expect(await copyText('as it is')).toBe(false)
  expect(failed).toHaveBeenCalledWith('It could not be copied', expect.any(String))
})

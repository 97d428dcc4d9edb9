import { describe, expect, test } from 'vitest'
import { sources, type SourceFile } from './checkout.ts'

const lines = ({ text }: SourceFile) => text.split('\n').length - 1

/** Files that are too long, alone or all together; a sentence for each. */
function tooLong(files: readonly SourceFile[]): string[] {
  const counts = files.map(lines).toSorted((one, other) => one - other)
  const at = (share: number) => counts[Math.floor(counts.length * share)] ?? 0
  return [
    ...files.filter((file) => lines(file) > 500).map((file) => `${file.path} has ${lines(file)} lines, over 500`),
    ...(at(0.95) >= 300 ? [`the 95th percentile is ${at(0.95)} lines, not under 300`] : []),
    ...(at(0.5) >= 100 ? [`the median is ${at(0.5)} lines, not under 100`] : []),
  ]
}

/** Folders and files that are named for nothing they do. */
function nameless(files: readonly SourceFile[]): string[] {
  return files.map(({ path }) => path).filter((path) => /(^|\/)(utils?|commons?|helpers?|shared|misc)(\/|\.[a-z.]+$)/.test(path))
}

/** Where a rule is switched off instead of kept. */
function silenced(files: readonly SourceFile[]): string[] {
  const marks = [/(oxlint|eslint)-disable/, /@ts-(ignore|nocheck)/, /(v8|c8|istanbul) ignore/, /\b(test|it|describe)\.(skip|only|todo)\b/]
  return files.filter(({ text }) => marks.some((mark) => mark.test(text))).map(({ path }) => path)
}

const own = new URL(import.meta.url).pathname
const all = sources().filter(({ path }) => !own.endsWith(path) && path !== 'test/house/lint.test.ts')
const file = (path: string, length: number, text = 'x') => ({ path, text: `${text}\n`.repeat(length) })

describe('the files of the house', () => {
  test('are short', () => expect(tooLong(all)).toEqual([]))
  test('stand in folders that say what they do', () => expect(nameless(all)).toEqual([]))
  test('keep every rule', () => expect(silenced(all)).toEqual([]))
})

describe('these checks can fail', () => {
  test('on one long file', () => {
    expect(tooLong([...Array(40).keys()].map((n) => file(`${n}.ts`, 10)).concat(file('long.ts', 501)))).toEqual([
      'long.ts has 501 lines, over 500',
    ])
  })
  test('on many longish files', () => {
    expect(tooLong([file('a.ts', 100), file('b.ts', 300)])).toEqual([
      'the 95th percentile is 300 lines, not under 300',
      'the median is 300 lines, not under 100',
    ])
  })
  test.each(['src/utils/x.ts', 'src/engine/helpers/y.ts', 'src/store/common.ts', 'src/shared/z.test.ts'])('on %s', (path) => {
    expect(nameless([file(path, 1)])).toEqual([path])
  })
  test.each(['// oxlint-disable-next-line', '// @ts-ignore', "test.skip('x')", '/* v8 ignore next */'])('on %s', (text) => {
    expect(silenced([file('a.ts', 1, text)])).toEqual(['a.ts'])
  })
})

import { expect, test } from 'vitest'
import { fileOutline } from '../../src/host/config/config-schema.ts'
import { type Outline, type Path, usualOf } from '../../src/host/config/outline.ts'
import { parseConfig } from '../../src/host/config/parse-config.ts'
import { reference } from '../../src/host/config/reference.ts'
import { settings } from '../../src/host/workspace/starter.ts'
import { read } from './checkout.ts'

test('the page on cairn.config.yaml is as the schemas have it: npm run reference makes it', () => {
  expect(read('docs/CONFIGURATION.md')).toBe(reference())
})

/** Places of which nothing is said, or of which the words say nothing of what may be written. */
function unsaid(outline: Outline, path: Path = []): string[] {
  const own = path.length > 0 && (outline.meaning === '' || (outline.kind === 'leaf' && outline.wants === 'a value')) ? [path.join('.')] : []
  if (outline.kind === 'leaf') return own
  const within = outline.kind === 'group' ? [...outline.keys] : [['*', outline.of] as const].filter(([, of]) => of.kind !== 'group' || path[0] !== 'workflows')
  return [...own, ...within.flatMap(([key, each]) => unsaid(each, [...path, key]))]
}

test('every key says what it means and what it wants', () => {
  expect(unsaid(fileOutline)).toEqual([])
})

test('what goes without saying may be written', () => {
  expect(usualOf(fileOutline)).toMatchObject({ detection: { loops: { window: 200 } }, store: { value_limit: '10MB', validation_interval: '30s' } })
  expect(parseConfig(JSON.stringify(usualOf(fileOutline)))).not.toHaveProperty('faults')
})

test.each([...read('docs/CONFIGURATION.md').matchAll(/```yaml\n(.+?)```/gs)].map(([, text = '']) => text))('an example on the page will do', (text) => {
  expect(parseConfig(text)).not.toHaveProperty('faults')
})

test('what a new workspace has in comments will do once it stands outside of them', () => {
  const text = settings['cairn.config.yaml'].replaceAll(/^# (?=( *[\w-]+:))/gm, '')
  expect(text).toMatch(/^retention:$/m)
  expect(parseConfig(text)).not.toHaveProperty('faults')
})

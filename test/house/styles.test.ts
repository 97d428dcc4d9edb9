/**
 * Style sheets are global: a class that one file gives rules to by itself must be nobody else's, or screens that never
 * meet in a test change each other's looks.
 */
import { expect, test } from 'vitest'
import { filesIn, type SourceFile } from './checkout.ts'

interface Rule {
  readonly selector: string
  /** How many rules it stands in; media and container queries do not count. */
  readonly depth: number
}

/** The selectors of a sheet, in order. Good enough for sheets without braces in strings, which are all of ours. */
function* rulesOf(sheet: string): Generator<Rule> {
  const text = sheet.replaceAll(/\/\*[\s\S]*?\*\//g, '')
  const open: boolean[] = []
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '{') {
      const selector = text.slice(from, at).trim()
      const isRule = !selector.startsWith('@')
      if (isRule) yield { selector, depth: open.filter(Boolean).length }
      open.push(isRule)
    } else if (sign === '}') open.pop()
    if (sign === '{' || sign === '}' || sign === ';') from = at + 1
  }
}

const classesOf = (selector: string): string[] => [...selector.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name)

/** The classes that a file's outermost rules begin with: they apply wherever the class stands. */
function rootsOf(sheet: string): Set<string> {
  const outermost = [...rulesOf(sheet)].filter(({ depth }) => depth === 0).flatMap(({ selector }) => selector.split(','))
  return new Set(outermost.flatMap((selector) => classesOf(/^\s*[^\s>+~]+/.exec(selector)?.[0] ?? '').slice(0, 1)))
}

/** Words of the console's own language, used everywhere. */
const everybodys = new Set(['unseen', 'quiet', 'clipped', 'mono', 'link', 'button', 'screen', 'panel', 'keys', 'hint', 'modal', 'palette', 'shell', 'navigation', 'skip', 'entrance', 'empty', 'skeleton', 'callout', 'toast', 'toasts', 'chart', 'overview'])

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)

/**
 * A class that applies everywhere has two words, so that it never meets a part that another sheet names in one word;
 * and one owner, a file or the files of one folder.
 */
function clashesOf(sheets: readonly SourceFile[]): string[] {
  const owners = new Map<string, string>()
  const clashes: string[] = []
  for (const { path, text } of sheets) {
    for (const name of rootsOf(text)) {
      if (everybodys.has(name)) continue
      if (!name.includes('-')) clashes.push(`.${name} of ${path} has one word`)
      const owner = owners.get(name) ?? path
      if (folderOf(owner) !== folderOf(path)) clashes.push(`.${name} is of ${owner} and of ${path}`)
      owners.set(name, owner)
    }
  }
  return clashes
}

test('a class that applies everywhere is nobody else\'s', () => {
  expect(clashesOf(filesIn(['src/renderer'], ['.css']))).toEqual([])
})

/** Whatever changes, wherever it is, the whole page is then styled anew: a rule says of what it asks that. */
function asksAll(sheet: string): string[] {
  return [...rulesOf(sheet)].map(({ selector }) => selector).filter((selector) => /(^|[\s>+~,]):has\(/.test(selector))
}

test('no rule asks everything there is what it holds', () => {
  expect(filesIn(['src/renderer'], ['.css']).flatMap(({ text }) => asksAll(text))).toEqual([])
  expect(asksAll('.a { & > :has(> .b) { color: red } }')).toEqual(['& > :has(> .b)'])
  expect(asksAll('.a { &:has(> .b) > .c:not(:has(.d)) { color: red } }')).toEqual([])
})

test('this check can fail', () => {
  const card = { path: 'card/card.css', text: '.run-card { .name { color: red } }' }
  expect(clashesOf([card, { path: 'list/list.css', text: '.run-list { .name { color: blue } }' }])).toEqual([])
  expect(clashesOf([card, { path: 'list/list.css', text: '@media print { .run-card { color: red } }' }])).toEqual([
    '.run-card is of card/card.css and of list/list.css',
  ])
  expect(clashesOf([{ path: 'a/a.css', text: '.name { color: red }' }])).toEqual(['.name of a/a.css has one word'])
})

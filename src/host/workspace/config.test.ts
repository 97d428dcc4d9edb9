import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readConfig } from './config.ts'

function file(text?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'cairn.config.yaml')
  if (text !== undefined) writeFileSync(path, text)
  return path
}

describe('cairn.config.yaml', () => {
  test.each([undefined, '', '# nothing yet\n', 'store: {}\n'])('may be missing or empty: %j', (text) => {
    expect(readConfig(file(text))).toEqual({ store: { durability: 'full', validation_interval: 30_000, value_limit: 10_000_000 } })
  })

  test('sets a mail server, the durability, how often the store is looked at, and how large a value may be', () => {
    const text =
      'smtp:\n  url: smtps://user:secret@mail.example.com\n  from: Team <team@example.com>\nstore:\n  durability: normal\n  validation_interval: 5m\n  value_limit: 1.5MB\n'
    expect(readConfig(file(text))).toEqual({
      smtp: { url: 'smtps://user:secret@mail.example.com', from: 'Team <team@example.com>' },
      store: { durability: 'normal', validation_interval: 300_000, value_limit: 1_500_000 },
    })
  })

  test.each([
    [
      'a key that is none',
      'store:\n  durability: full\ncolour: red\n',
      ['line 3: colour is no setting: take it out, or write one of smtp, store'],
    ],
    [
      'a key of a section',
      'store:\n  sync: 1\n',
      ['line 2: store.sync is no setting: take it out, or write one of durability'],
    ],
    ['a value', 'store:\n  durability: most\n', ['line 2: store.durability should be full or normal']],
    ['an interval', 'store:\n  validation_interval: 30\n', ['line 2: store.validation_interval should be a length of time of 1s to 24h']],
    ['an interval that is too short', 'store:\n  validation_interval: 10ms\n', ['line 2: store.validation_interval should be a length of time of 1s to 24h']],
    ['a size', 'store:\n  value_limit: 1GB\n', ['line 2: store.value_limit should be a size of 1kB to 100MB']],
    ['a size without its unit', 'store:\n  value_limit: 5000\n', ['line 2: store.value_limit should be a size of 1kB to 100MB']],
    ['an address', 'smtp:\n  from: x\n  url: http://mail\n', ['line 3: smtp.url should be an address like smtps://']],
    ['a setting that is missing', '\nsmtp:\n  url: smtp://mail\n', ['line 3: smtp.from should be a sender like']],
    ['a section that is none', 'smtp: 3\n', ['line 1: smtp should be settings: url, from']],
    ['a file that is a list', '- 1\n', ['line 1: the file should be settings: smtp, store']],
    ['no YAML', 'store:\n  durability: [full\nsmtp:\n', ['line 3: ']],
    ['several, by their lines', 'colour: red\nstore:\n  durability: most\n', ['line 1: colour', 'line 3: store.durability']],
  ])('names the line and the way out: %s', (_what, text, sentences) => {
    const path = file(text)
    const words = [path, ...sentences].map((sentence) => sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    expect(() => readConfig(path)).toThrow(new RegExp(words.join('[^]*')))
  })

  test('holds no secret in what it says is wrong', () => {
    const path = file('smtp:\n  url: smtps://user:secret@mail.example.com\n  from: 3\n')
    expect(() => readConfig(path)).toThrow(/^(?![^]*secret)/)
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readConfig } from './config.ts'
import { unbounded } from '../../model/retention.ts'
import { policyOf } from './retention-settings.ts'

function file(text?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'cairn.config.yaml')
  if (text !== undefined) writeFileSync(path, text)
  return path
}

const keepsAll = { every: 3_600_000, workflows: {} }

describe('cairn.config.yaml', () => {
  test.each([undefined, '', '# nothing yet\n', 'store: {}\n'])('may be missing or empty: %j', (text) => {
    expect(readConfig(file(text))).toEqual({ store: { durability: 'full', encryption: false, validation_interval: 30_000, value_limit: 10_000_000 }, retention: keepsAll })
  })

  test('sets a mail server, the durability, how often the store is looked at, how large a value may be, and its encryption', () => {
    const text =
      'smtp:\n  url: smtps://user:secret@mail.example.com\n  from: Team <team@example.com>\nstore:\n  durability: normal\n  validation_interval: 5m\n  value_limit: 1.5MB\n  encryption: true\n  key_file: ~/key\n'
    expect(readConfig(file(text))).toEqual({
      smtp: { url: 'smtps://user:secret@mail.example.com', from: 'Team <team@example.com>' },
      store: { durability: 'normal', encryption: true, key_file: '~/key', validation_interval: 300_000, value_limit: 1_500_000 },
      retention: keepsAll,
    })
  })

  test.each([
    [
      'a key that is none',
      'store:\n  durability: full\ncolour: red\n',
      ['line 3: colour is no setting: take it out, or write one of smtp, store, retention'],
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
    ['what is neither yes nor no', 'store:\n  encryption: AES\n', ['line 2: store.encryption should be true or false']],
    ['an address', 'smtp:\n  from: x\n  url: http://mail\n', ['line 3: smtp.url should be an address like smtps://']],
    ['a setting that is missing', '\nsmtp:\n  url: smtp://mail\n', ['line 3: smtp.from should be a sender like']],
    ['a section that is none', 'smtp: 3\n', ['line 1: smtp should be settings: url, from']],
    ['a file that is a list', '- 1\n', ['line 1: the file should be settings: smtp, store, retention']],
    ['no YAML', 'store:\n  durability: [full\nsmtp:\n', ['line 3: ']],
    ['an age', 'retention:\n  max_age: 3\n', ['line 2: retention.max_age should be a length of time of 1m or more']],
    ['a number of runs', 'retention:\n  max_runs: -1\n', ['line 2: retention.max_runs should be a whole number of runs']],
    ['a number of checkpoints', 'retention:\n  max_checkpoints: 0\n', ['line 2: retention.max_checkpoints should be a whole number of checkpoints of 1 or more']],
    ['a size of runs', 'retention:\n  workflows:\n    letter:\n      max_size: 5\n', ['line 4: retention.workflows.letter.max_size should be a size of 1MB or more']],
    ['a bound of a workflow', 'retention:\n  workflows:\n    letter: { keep: 3 }\n', ['retention.workflows.letter.keep is no setting: take it out, or write one of max_runs, max_age, max_size, max_branches, max_checkpoints']],
    ['several, by their lines', 'colour: red\nstore:\n  durability: most\n', ['line 1: colour', 'line 3: store.durability']],
  ])('names the line and the way out: %s', (_what, text, sentences) => {
    const path = file(text)
    const words = [path, ...sentences].map((sentence) => sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    expect(() => readConfig(path)).toThrow(new RegExp(words.join('[^]*')))
  })

  test('bounds what is kept, of each workflow for itself where that is said', () => {
    const text = 'retention:\n  max_runs: 1000\n  max_age: 90d\n  every: 10m\n  workflows:\n    letter: { max_age: 7d, max_size: 2GB, max_branches: 3, max_checkpoints: 100 }\n    audit: { max_runs: null, max_age: null }\n'
    const { retention } = readConfig(file(text))
    expect(retention.every).toBe(600_000)
    expect(policyOf(retention)).toEqual({
      usual: { ...unbounded, runs: 1_000, age: 90 * 86_400_000 },
      workflows: {
        letter: { runs: 1_000, age: 7 * 86_400_000, size: 2_000_000_000, branches: 3, checkpoints: 100 },
        audit: unbounded,
      },
    })
  })

  test('holds no secret in what it says is wrong', () => {
    const path = file('smtp:\n  url: smtps://user:secret@mail.example.com\n  from: 3\n')
    expect(() => readConfig(path)).toThrow(/^(?![^]*secret)/)
  })
})

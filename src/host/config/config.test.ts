import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { boundsOf, unbounded } from '../../model/retention.ts'
import { StepId, WorkflowName } from '../../model/ids.ts'
import { rulesFor } from '../../model/policy/policy.ts'
import { readConfig } from './config.ts'

function file(text?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cairn-config-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'cairn.config.yaml')
  if (text !== undefined) writeFileSync(path, text)
  return path
}

const usualStore = { durability: 'full', encryption: false, validation_interval: 30_000, value_limit: 10_000_000 }

describe('cairn.config.yaml', () => {
  test.each([undefined, '', '# nothing yet\n', 'store: {}\n', 'store:\n# durability: full\nworkflows:\n', 'smtp:\n# url: smtp://mail\n', '\uFEFFstore:\r\n'])('may be missing or empty: %j', (text) => {
    expect(readConfig(file(text))).toMatchObject({
      smtp: undefined,
      store: usualStore,
      retention: { every: 3_600_000, policy: { usual: unbounded, workflows: {} } },
      policy: { usual: { checkpoints: 'defined', detection: { loops: { window: 200, max_repeats: 3 } } }, workflows: new Map() },
    })
  })

  test('offers in a new workspace what can be set, once its comment is taken away', () => {
    const offered = readFileSync(new URL('../../../resources/workspaces/outreach/cairn.config.yaml', import.meta.url), 'utf8')
    const { smtp, store, retention } = readConfig(file(offered.replaceAll(/^# (?=(?: {2})*\w+:(?: |$))/gm, '')))
    expect({ smtp, store }).toMatchObject({ smtp: { from: 'Team <team@example.com>' }, store: { durability: 'full' } })
    expect(boundsOf(retention.policy, WorkflowName.parse('outreach'))).toMatchObject({ runs: null, age: 604_800_000, branches: 20, checkpoints: 10_000 })
  })

  test('sets a mail server, the durability, how often the store is looked at, how large a value may be, and its encryption', () => {
    const text =
      'smtp:\n  url: smtps://user:secret@mail.example.com\n  from: Team <team@example.com>\nstore:\n  durability: normal\n  validation_interval: 5m\n  value_limit: 1.5MB\n  encryption: true\n  key_file: ~/key\n'
    expect(readConfig(file(text))).toMatchObject({
      smtp: { url: 'smtps://user:secret@mail.example.com', from: 'Team <team@example.com>' },
      store: { durability: 'normal', encryption: true, key_file: '~/key', validation_interval: 300_000, value_limit: 1_500_000 },
    })
  })

  test.each([
    ['a key that is none', 'store:\n  durability: full\ncolour: red\n', ['line 3: colour is no setting: take it out, or write one of smtp, store, retention']],
    ['a slip', 'store:\n  durabilty: full\n', ['line 2: store.durabilty is no setting: did you mean durability? There are durability, encryption']],
    ['a key too high up', 'loops:\n  window: 3\n', ['line 1: loops is no setting: write it as detection.loops']],
    ['a key of all in a workflow', 'workflows:\n  letter:\n    smtp: {}\n', ['line 3: workflows.letter.smtp is no setting: it can be said for all alone: write it as smtp, at the top']],
    ['a pause of a workflow', 'workflows: { letter: { retention: { every: 1h } } }\n', ['workflows.letter.retention.every is no setting: it can be said for all alone: write it as retention.every']],
    ['a key of a workflow in a step', 'workflows:\n  letter:\n    steps:\n      send:\n        retention: {}\n', ['line 5: workflows.letter.steps.send.retention is no setting: it can be said of a workflow, not of a step: write it as workflows.letter.retention']],
    ['a time for a run in a step', 'workflows: { letter: { steps: { send: { detection: { timeouts: { run: 1h } } } } } }\n', ['workflows.letter.steps.send.detection.timeouts.run is no setting: it can be said of a workflow, not of a step: write it as workflows.letter.detection.timeouts.run']],
    ['overrides where they stood once', 'retention:\n  workflows:\n    letter: { max_runs: 3 }\n', ['line 2: retention.workflows is no setting: what is said of a workflow or a step stands under its name, as workflows.NAME.retention']],
    ['a name that is none', 'workflows:\n  Letter: {}\n', ['line 2: workflows.Letter should be a name like outreach-email']],
    ['a key that stands twice', 'store:\n  durability: full\n  durability: normal\n', ['line 3: store.durability is written twice, first in line 2: keep one of them']],
    ['a section that stands twice', 'store: {}\nsmtp:\nstore: {}\n', ['line 3: store is written twice, first in line 1']],
    ['a value', 'store:\n  durability: most\n', ['line 2: store.durability should be full or normal, not "most"']],
    ['a whole number', 'detection:\n  loops:\n    window: many\n', ['line 3: detection.loops.window should be a whole number from 2 to 10000, not "many"']],
    ['a number out of range', 'workflows:\n  letter:\n    detection: { loops: { max_repeats: 1 } }\n', ['line 3: workflows.letter.detection.loops.max_repeats should be a whole number from 2 to 1000, not 1']],
    ['nothing', 'checkpoints:\n', ['line 1: checkpoints should be defined, after or around, and nothing is written']],
    ['an interval', 'store:\n  validation_interval: 30\n', ['line 2: store.validation_interval should be a length of time from 1s to 24h, like 30s, not 30']],
    ['an interval that is too short', 'store:\n  validation_interval: 10ms\n', ['line 2: store.validation_interval should be a length of time from 1s to 24h']],
    ['a size', 'store:\n  value_limit: 1GB\n', ['line 2: store.value_limit should be a size from 1kB to 100MB']],
    ['what is neither yes nor no', 'store:\n  encryption: AES\n', ['line 2: store.encryption should be true or false']],
    ['an address', 'smtp:\n  from: x\n  url: http://mail\n', ['line 3: smtp.url should be an address like smtps://']],
    ['a setting that is missing', '\nsmtp:\n  url: smtp://mail\n', ['line 2: smtp.from should be a sender like Team <team@example.com>, and is missing']],
    ['a section that is none', 'smtp: 3\n', ['line 1: smtp should be settings: url, from']],
    ['workflows that are none', 'workflows: [letter]\n', ['line 1: workflows should be settings, each under a name']],
    ['a file that is a list', '- 1\n', ['line 1: the file should be settings: smtp, store, retention']],
    ['no YAML', 'store:\n  durability: [full\nsmtp:\n', ['line 3: ']],
    ['an age', 'retention:\n  max_age: 3\n', ['line 2: retention.max_age should be a length of time of 1m or more, like 90d, or null']],
    ['a number of runs', 'retention:\n  max_runs: -1\n', ['line 2: retention.max_runs should be a whole number of 0 or more, or null, not -1']],
    ['a section at an anchor that is none', 'detection: *nowhere\n', ['line 1: detection should be settings, and *nowhere names nothing']],
    ['a value at an anchor that is none', 'smtp:\n  url: smtp://mail\n  from: *nowhere\n', ['line 3: smtp.from should be a sender', 'cannot be read: ']],
    ['what holds itself', 'retention:\n  max_runs: &own [*own]\n', ['line 2: retention.max_runs should be a whole number', 'cannot be read: ']],
    ['a tag that nothing answers', 'store:\n  key_file: !env KEY\n', ['line 2: Unresolved tag: !env']],
    ['two documents', 'checkpoints: after\n---\ncheckpoints: around\n', ['line 2: the file holds more than one document']],
    ['a number without end', 'detection: { loops: { window: .inf } }\n', ['window should be a whole number from 2 to 10000, not Infinity']],
    ['several, by their lines', 'colour: red\nstore:\n  durability: most\nworkflows:\n  x: { checkpoints: before }\n', ['line 1: colour', 'line 3: store.durability', 'line 5: workflows.x.checkpoints should be defined, after or around, not "before"']],
  ])('names the line and the way out: %s', (_what, text, sentences) => {
    const path = file(text)
    const words = [path, ...sentences].map((sentence) => sentence.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    expect(() => readConfig(path)).toThrow(new RegExp(words.join('[^]*')))
  })

  test('a fault is told once', () => {
    const path = file('detection:\n  loops:\n    window: many\nworkflows:\n  a: {}\n  b: { steps: { c: {} } }\n')
    expect(() => readConfig(path)).toThrow(/^(?![^]*window[^]*window)/)
  })

  test('bounds what is kept, of each workflow for itself where that is said', () => {
    const text =
      'retention:\n  max_runs: 1000\n  max_age: 90d\n  every: 10m\nworkflows:\n  letter:\n    retention: { max_age: 7d, max_size: 2GB, max_branches: 3, max_checkpoints: 100 }\n  audit:\n    retention: { max_runs: null, max_age: null }\n'
    const { retention } = readConfig(file(text))
    expect(retention.every).toBe(600_000)
    expect(retention.policy).toEqual({
      usual: { ...unbounded, runs: 1_000, age: 90 * 86_400_000 },
      workflows: {
        letter: { runs: 1_000, age: 7 * 86_400_000, size: 2_000_000_000, branches: 3, checkpoints: 100 },
        audit: unbounded,
      },
    })
  })

  test('a workflow may be called what every object has', () => {
    const { retention } = readConfig(file('retention: { max_runs: 3 }\nworkflows: { valueOf: { retention: { max_runs: 5 } } }\n'))
    const runsOf = (name: string) => boundsOf(retention.policy, WorkflowName.parse(name)).runs
    expect(['constructor', 'toString', 'valueOf'].map(runsOf)).toEqual([3, 3, 5])
  })

  test('rules of a step stand over those of its workflow, and those over the rules for all, key by key', () => {
    const text = `
detection: { loops: { window: 50 } }
checkpoints: after
workflows:
  letter:
    detection: { loops: { max_repeats: 5 } }
    steps:
      draft: { checkpoints: around, detection: { loops: { window: 90 } } }
`
    const { policy } = readConfig(file(text))
    const [letter, other] = ['letter', 'other'].map((name) => WorkflowName.parse(name))
    const [draft, send] = ['draft', 'send'].map((name) => StepId.parse(name))
    if (letter === undefined || other === undefined || draft === undefined || send === undefined) throw new Error('four names')
    const of = (workflow: WorkflowName, step?: StepId) => {
      const { checkpoints, detection } = rulesFor(policy, workflow, step)
      return [checkpoints, detection.loops.window, detection.loops.max_repeats]
    }
    expect(of(other)).toEqual(['after', 50, 3])
    expect(of(letter)).toEqual(['after', 50, 5])
    expect(of(letter, send)).toEqual(['after', 50, 5])
    expect(of(letter, draft)).toEqual(['around', 90, 5])
    expect(of(other, draft)).toEqual(['after', 50, 3])
  })

  test('what is said of a workflow alone is in force beside what is said of its steps', () => {
    const text = 'workflows: { letter: { detection: { timeouts: { run: 1h } }, steps: { draft: { detection: { timeouts: { step: 1m } } } } } }\n'
    const { policy } = readConfig(file(text))
    const { timeouts } = rulesFor(policy, WorkflowName.parse('letter'), StepId.parse('draft')).detection
    expect(timeouts).toEqual({ step: 60_000, critical_step: null, heartbeat: null, run: 3_600_000 })
  })

  test('what stands at an anchor may stand in several places', () => {
    const { policy } = readConfig(file('detection: &own { loops: { window: 50 } }\nworkflows: { letter: { detection: *own } }\n'))
    expect(rulesFor(policy, WorkflowName.parse('letter')).detection.loops.window).toBe(50)
  })

  test('a name is read as it is written, whatever else it may mean', () => {
    const { policy } = readConfig(file('workflows: { letter: { steps: { True: { checkpoints: after }, NULL: { checkpoints: around } } } }\n'))
    const of = (step: string) => rulesFor(policy, WorkflowName.parse('letter'), StepId.parse(step)).checkpoints
    expect(['True', 'true', 'NULL', 'null'].map(of)).toEqual(['after', 'defined', 'around', 'defined'])
  })

  test.each(['smtp:\n  url: smtps://user:secret@mail.example.com\n  from: 3\n', 'smtp: { smtps://user:secret@mail.example.com, smtps://user:secret@mail.example.com }\n', 'smtp:\n  url: https://user:secret@mail.example.com\n  from: me\n'])(
    'holds no secret in what it says is wrong',
    (text) => {
      const path = file(text)
      expect(() => readConfig(path)).toThrow(/^(?![^]*secret)[^]*should be/)
    },
  )

  test.each<[string, (path: string) => void, RegExp]>([
    ['a folder', (path) => mkdirSync(path), /cannot be read/],
    ['a pipe that nobody writes', (path) => execFileSync('mkfifo', [path]), /cannot be read: it is no file/],
    ['a device without end', (path) => symlinkSync('/dev/zero', path), /cannot be read: it is no file/],
    ['a link that leads to itself', (path) => symlinkSync(path, path), /cannot be read/],
    ['more than anybody writes', (path) => writeFileSync(path, '# \n'.repeat(100_000)), /it has 300000 bytes, and settings have 256000 at most/],
    ['bytes that are no UTF-8', (path) => writeFileSync(path, Buffer.from('smtp:\n  from: M\u00FCller\n', 'latin1')), /cannot be read/],
  ])('is refused where %s stands in its place', (_what, put, words) => {
    const path = file()
    put(path)
    expect(() => readConfig(path)).toThrow(words)
  })
})

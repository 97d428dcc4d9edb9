import { expect, test } from 'vitest'
import { runId, sampleLog } from '../../../../test/conformance/samples.ts'
import type { Log } from '../logs/merge-logs.ts'
import { linesOf, programLog } from './program-log.ts'

function line(program: Log['program'], message: string, fields: object = {}): Log {
  const signal = sampleLog(runId(1), message, { at: 1, ...(program !== undefined && { program }), ...fields })
  if (signal.type !== 'log') throw new Error('no log')
  return signal
}

const logs = [
  line('command', 'npm test', { data: { command: 'npm', args: ['test'], folder: '/ws/app' } }),
  line('stdout', 'ok 1'),
  line('stderr', 'a warning', { level: 'warn' }),
  line(undefined, '7 more log lines were left out: 200 a second are kept', { level: 'warn' }),
  line('end', 'exit code 1 after 2300 ms', { level: 'error', data: { code: 1, duration: 2_300 } }),
]

test('a program is told by what was said of it, and by what it printed', () => {
  const log = programLog(logs)
  expect(log).toMatchObject({ command: 'npm test', folder: '/ws/app', end: { words: 'exit code 1', isWell: false, duration: 2_300 } })
  expect(log.lines.map(({ message }) => message)).toEqual(['ok 1', 'a warning', expect.stringContaining('left out')])
  expect(linesOf(log, 'stderr').map(({ program }) => program)).toEqual(['stderr', undefined])
})

test('what is hidden or not there is left open', () => {
  const hidden = [line('command', '[hidden: sensitive]', { data: '[hidden: sensitive]' }), line('stdout', 'ok')]
  expect(programLog(hidden)).toMatchObject({ command: '[hidden: sensitive]', folder: undefined, end: undefined })
  expect(programLog([])).toEqual({ command: undefined, folder: undefined, end: undefined, lines: [] })
})

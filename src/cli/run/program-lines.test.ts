import { expect, test } from 'vitest'
import { runId, sampleLog } from '../../../test/conformance/samples.ts'
import type { ProgramLine } from '../../model/program.ts'
import { painter } from '../paint.ts'
import { programLines } from './program-lines.ts'

const line = (attempt: number, program: ProgramLine, message: string) => sampleLog(runId(1), message, { at: attempt, attempt, program })
const signals = [
  line(1, 'command', 'make once'),
  line(2, 'command', 'make'),
  ...Array.from({ length: 12 }, (_, index) => line(2, index === 11 ? 'stderr' : 'stdout', `line ${index}`)),
  line(2, 'end', 'exit code 2 after 5 ms'),
]

test('of a program that failed the newest attempt is told, with the last that it printed', () => {
  const lines = programLines(painter(false), { status: 'failed' }, signals)
  expect(lines).toHaveLength(12)
  expect(lines.slice(0, 2)).toEqual(['  draft $ make', '  draft │ line 2'])
  expect(lines.slice(-2)).toEqual(['  draft ! line 11', '  draft = exit code 2 after 5 ms'])
})

test('of one that went well, what it was', () => {
  expect(programLines(painter(false), { status: 'completed' }, signals)).toEqual(['  draft $ make', '  draft = exit code 2 after 5 ms'])
  expect(programLines(painter(false), { status: 'running' }, [])).toEqual([])
})

import { expect, test } from 'vitest'
import { StepId } from './ids.ts'
import { reasonToRestore } from './reason-to-restore.ts'

const step = (id: string) => StepId.parse(id)
const runs = [
  { step: step('later'), kind: 'code', certain: false, typical: null },
  { step: step('send'), kind: 'email', certain: true, typical: 20 },
] as const

test('the reason names what runs again', () => {
  const reason = (checkpoint: number, next: readonly (typeof runs)[number][]) => reasonToRestore({ checkpoint, runs: [...next] }, (id) => id.toUpperCase())
  expect(reason(5, runs)).toBe('Run again from SEND')
  expect(reason(5, [])).toBe('Back to checkpoint 5')
  expect(reason(0, runs)).toBe('Restarted from the beginning')
})

import type { Failure } from './failure.ts'
import type { StepId, WorkflowName } from './ids.ts'

/** What a failure happened to: the same code at the same place. */
export interface Scene {
  /** Null where the store itself is damaged. */
  readonly workflow: WorkflowName | null
  /** Null where the run failed as a whole. */
  readonly step: StepId | null
}

/** Longer messages differ in what they carry along, not in what went wrong. */
const longest = 300

/** The same for two failures of a step that differ only in what varies from run to run. */
export function fingerprint({ workflow, step }: Scene, { class: of, name, message }: Failure): string {
  return [workflow ?? '', step ?? '', of, name, normalised(message)].join('|')
}

/**
 * What varies from run to run, in the order in which it is looked for: what stands in quotation marks, addresses,
 * identifiers, then numbers.
 */
const varying: readonly (readonly [RegExp, string])[] = [
  [/"[^"]*"|“[^”]*”|„[^“]*“|«[^»]*»|`[^`]*`|(?<!\p{L})'[^']*'(?!\p{L})|‘[^’]*’/gu, '…'],
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s,;)]+/giu, '<address>'],
  [/[^\s<>,;:()]+@[^\s<>,;:()]+\.\p{L}+/gu, '<address>'],
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/giu, '<id>'],
  [/\b[0-9A-HJKMNP-TV-Z]{26}\b/gu, '<id>'],
  [/\b(?:0x[0-9a-f]+|(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,})\b/giu, '<id>'],
  [/\d+(?:[.,:_-]\d+)*/gu, '#'],
]

/** A message without what varies. */
export function normalised(message: string): string {
  const [line = ''] = message.slice(0, 4 * longest).trim().split('\n')
  const text = varying.reduce((left, [pattern, mark]) => left.replaceAll(pattern, mark), line)
  return text.replaceAll(/\s+/gu, ' ').slice(0, longest)
}

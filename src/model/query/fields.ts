import type { Field } from './terms.ts'

/** A field as it is named in a query; `text` is what stands there without a name. */
export type FieldName = Exclude<Field, 'text'>

/** What each field finds, and how it is written. */
export const fields: Readonly<Record<FieldName, { readonly detail: string; readonly example: string }>> = {
  status: { detail: 'how the run stands', example: 'status:failed,quarantined' },
  workflow: { detail: 'the workflow that it runs', example: 'workflow:outreach' },
  step: { detail: 'a step that runs, waits, failed or is in doubt', example: 'step:draft' },
  started: { detail: 'when it started: an age or a date', example: 'started:<1h' },
  ended: { detail: 'when it ended: an age or a date', example: 'ended:2026-11-20' },
  duration: { detail: 'how long it took, or has been under way', example: 'duration:>5m' },
  error: { detail: 'class, name or words of the failure', example: 'error:timeout' },
  attempts: { detail: 'how many tries its steps took', example: 'attempts:>3' },
  version: { detail: "the workflow's version", example: 'version:2' },
  id: { detail: 'beginning or end of its id', example: 'id:01JD' },
  replay: { detail: 'replays: of a run, by the beginning or end of its id, or * of any', example: 'replay:*' },
  parent: { detail: 'children: of a run, by the beginning or end of its id, or * of any', example: 'parent:*' },
  correlation: { detail: 'the correlation id that it carries', example: 'correlation:order-17' },
}

export function isFieldName(text: string): text is FieldName {
  return Object.hasOwn(fields, text)
}

export const fieldNames: readonly FieldName[] = Object.keys(fields).filter(isFieldName)

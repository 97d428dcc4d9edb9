import { useMemo } from 'react'
import type { StepId } from '../../../../model/ids.ts'
import type { Json, JsonSchema } from '../../../../model/json.ts'
import { isHidden } from '../../../../model/sensitive/hidden.ts'
import { isObject } from '../shown/pieces.ts'
import type { DecisionView, RunDetail } from '../../../../model/views.ts'
import { isOfDecision } from '../decision/doubted.ts'
import { useDraft } from '../drafts.ts'
import { useValue } from '../use-value.ts'
import { blankOf } from './blank.ts'
import { misfitsOf } from './check.ts'
import { type Edited, readEdit, writtenForm } from './edited.ts'

export interface Editing {
  /** Where the value stands: `finalise.body`. */
  readonly name: string
  readonly before: Json
  /** It is written as a text, rather than as JSON. */
  readonly isText: boolean
  readonly written: string | null
  /** What stands in the field. */
  readonly text: string
  readonly edited: Edited
  /** True where a person vouches for an output, rather than changing one. */
  readonly isOutput: boolean
  /** Whether the value goes along with the answer; `goesOn` says that the answer goes on from what is edited. */
  readonly goesWith: (action: string, goesOn: boolean) => boolean
  /** Why an answer that carries it cannot be given. */
  readonly fault: string | undefined
}

/** What a decision lets a person write: a change of an output, or an output that nobody saw. Undefined where nothing. */
export function useEditing(view: DecisionView, detail: RunDetail): Editing | undefined {
  const { decision, run, editable } = view
  const written = useDraft(decision.id).edit
  const { edits } = decision
  const output = useValue(run, edits?.of)
  return useMemo((): Editing | undefined => {
    const schemaOf = (id: string): JsonSchema | null => detail.manifest.steps.find((step) => step.id === id)?.output ?? null
    if (edits !== null) {
      const { step, path } = edits.target
      const schema = output === undefined ? null : schemaOf(step)
      const isText = isHidden(editable) ? partAt(schema, path)['type'] === 'string' : typeof editable === 'string'
      const edited = readEdit(written, editable, (value) => misfitsOf(schema, output ?? null, path, value), isText)
      const name = [step, ...path].join('.')
      return { name, before: editable, isText, written, text: written ?? writtenForm(editable), edited, isOutput: false, goesWith: (_, goesOn) => goesOn, fault: faultOf(edited) }
    }
    if ((decision.kind !== 'in_doubt' && decision.kind !== 'arm') || !awaitsOutput(view, detail)) return undefined
    return vouching(decision.step, schemaOf(decision.step), written)
  }, [view, detail, decision, edits, editable, output, written])
}

/** The output that a step would have answered. What stands there untouched may be given too, where the schema takes it. */
function vouching(step: StepId, schema: JsonSchema | null, written: string | null): Editing {
  const before = blankOf(schema) ?? {}
  const check = (value: Json) => misfitsOf(schema, null, [], value)
  const read = readEdit(written, before, check)
  const isReady = read.state === 'untouched' && check(before).length === 0
  const edited: Edited = isReady ? { state: 'good', value: before, changes: 0 } : read
  const fault = edited.state === 'untouched' ? 'write what the step would have answered' : faultOf(edited)?.replace('the edit', 'the output')
  return { name: `output of ${step}`, before, isText: typeof before === 'string', written, text: written ?? writtenForm(before), edited, isOutput: true, goesWith: (action) => action === 'happened', fault }
}

/** What a schema says of the part at a path, as far as its properties lead there. */
function partAt(schema: JsonSchema | null, path: readonly string[]): JsonSchema {
  return path.reduce<JsonSchema>((within, name) => {
    const { properties } = within
    const part = properties !== undefined && isObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined
    return part !== undefined && isObject(part) ? part : {}
  }, schema ?? {})
}

/** A compensation has no output to vouch for. */
function awaitsOutput({ decision }: DecisionView, { steps }: RunDetail): boolean {
  return steps.some((step) => step.status !== 'completed' && isOfDecision(step, decision))
}

function faultOf(edited: Edited): string | undefined {
  if (edited.state === 'broken') return `the edit is no JSON: line ${edited.problem.line}`
  if (edited.state === 'misfit') return `the edit does not fit: ${[edited.misfits[0]?.at, edited.misfits[0]?.message].filter(Boolean).join(' ')}`
  return undefined
}

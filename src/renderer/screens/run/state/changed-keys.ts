/** Two states of a run as one list: what of them is not the same, key by key. Values are compared by their address. */
import type { StepFact } from '../../../../model/checkpoint.ts'
import type { Address } from '../../../../model/ids.ts'
import { nameOfKey } from '../../../widgets/identity/state-key.ts'
import type { PastState } from './past.ts'

export type ChangedKey =
  | { readonly of: 'value'; readonly key: string; readonly name: string; readonly before: Address | null; readonly after: Address | null }
  | { readonly of: 'step'; readonly key: string; readonly name: string; readonly before: StepFact | null; readonly after: StepFact | null }

/** Steps first, then values; each in the order in which the second state came to them, what only the first has at the end. */
export function changedKeys(before: PastState, after: PastState): readonly ChangedKey[] {
  const [stepsBefore, stepsAfter] = [new Map(Object.entries(before.facts)), new Map(Object.entries(after.facts))]
  const steps = keysOf(stepsBefore, stepsAfter).flatMap((step): ChangedKey[] => {
    const [one, other] = [stepsBefore.get(step) ?? null, stepsAfter.get(step) ?? null]
    return isSameFact(one, other) ? [] : [{ of: 'step', key: `step/${step}`, name: step, before: one, after: other }]
  })
  const values = keysOf(before.values, after.values).flatMap((key): ChangedKey[] => {
    const [one, other] = [before.values.get(key)?.address ?? null, after.values.get(key)?.address ?? null]
    return one === other ? [] : [{ of: 'value', key, name: nameOfKey(key), before: one, after: other }]
  })
  return [...steps, ...values]
}

function keysOf(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): readonly string[] {
  return [...new Set([...after.keys(), ...before.keys()])]
}

function isSameFact(one: StepFact | null, other: StepFact | null): boolean {
  if (one === null || other === null) return one === other
  return (
    one.status === other.status &&
    one.iteration === other.iteration &&
    one.via === other.via &&
    one.skipped === other.skipped &&
    (one.loops ?? 0) === (other.loops ?? 0)
  )
}

/** Those whose name or standing has every word. */
export function searchKeys(changed: readonly ChangedKey[], text: string): readonly ChangedKey[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '')
  return words.length === 0
    ? changed
    : changed.filter((each) => {
        const standings = each.of === 'step' ? [each.before?.status, each.after?.status] : []
        const said = [each.key, each.name, kindWords[kindOf(each)], ...standings].join(' ').toLowerCase()
        return words.every((word) => said.includes(word))
      })
}

/** What the first state lacked, what the second one lacks, and the rest. */
export const kindWords = { added: 'new', removed: 'gone', changed: 'changed' } as const

export function kindOf({ before, after }: ChangedKey): keyof typeof kindWords {
  if (before === null) return 'added'
  return after === null ? 'removed' : 'changed'
}

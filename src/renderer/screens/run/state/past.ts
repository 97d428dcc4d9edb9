/** What a run was at a checkpoint, folded from what each checkpoint changed; values are named, not read. */
import type { Checkpoint, StateChange, StepFact } from '../../../../model/checkpoint.ts'
import type { Address, StepId } from '../../../../model/ids.ts'
import { placeUpTo } from '../../../state/sorted.ts'
import { outputOfKey } from '../../../widgets/identity/state-key.ts'

export interface HeldValue {
  readonly address: Address
  /** Number of the checkpoint that set it. */
  readonly since: number
}

export interface PastState {
  /** By key: `input`, `context`, `output/<step>/<iteration>`. */
  readonly values: ReadonlyMap<string, HeldValue>
  readonly facts: Readonly<Record<StepId, StepFact>>
}

/** What a stretch of checkpoints came to. It is put together once: a checkpoint never changes, nor does what came before it. */
interface Stride {
  /** What was set within it, key by key; null where it was dropped. */
  readonly set: Map<string, HeldValue | null>
  /** At its end. */
  readonly facts: Record<string, StepFact>
}

/** Every so many checkpoints, so that going back and forth through thousands folds a few of them. */
const stride = 100
/** By the last checkpoint of each. */
const kept = new WeakMap<Checkpoint, Stride>()

/** `checkpoints` are those of the branch from its first on; of later ones than `number` nothing is taken. */
export function stateAt(checkpoints: readonly Checkpoint[], number: number): PastState {
  const strides = stridesUpTo(checkpoints, number)
  const values = new Map<string, HeldValue>()
  for (const [key, held] of strides.flatMap(({ set }) => [...set])) {
    if (held === null) values.delete(key)
    else values.set(key, held)
  }
  return { values, facts: factsOf(strides) }
}

/** A state of which a few values are asked for. */
export type Asked = Pick<PastState, 'facts'> & { readonly values: Pick<PastState['values'], 'get' | 'has'> }

/** The same state, for who looks few of its values up: a playhead on its way passes one in every frame, and each may hold thousands. */
export function askedAt(checkpoints: readonly Checkpoint[], number: number): Asked {
  const strides = stridesUpTo(checkpoints, number)
  const get = (key: string): HeldValue | undefined => strides.findLast(({ set }) => set.has(key))?.set.get(key) ?? undefined
  return { facts: factsOf(strides), values: { get, has: (key) => get(key) !== undefined } }
}

/** The facts of that state alone. */
export function factsAt(checkpoints: readonly Checkpoint[], number: number): PastState['facts'] {
  return factsOf(stridesUpTo(checkpoints, number))
}

const factsOf = (strides: readonly Stride[]): PastState['facts'] => strides.at(-1)?.facts ?? {}

/** In their order; all but the last are whole ones. */
function stridesUpTo(checkpoints: readonly Checkpoint[], number: number): readonly Stride[] {
  const until = placeUpTo(checkpoints, number) + 1
  const strides: Stride[] = []
  for (let from = 0; from < until; from += stride) {
    strides.push(strideOf(checkpoints, { from, until: Math.min(from + stride, until) }, factsOf(strides)))
  }
  return strides
}

interface Stretch {
  readonly from: number
  readonly until: number
}

function strideOf(checkpoints: readonly Checkpoint[], { from, until }: Stretch, before: PastState['facts']): Stride {
  const last = until - from === stride ? checkpoints[until - 1] : undefined
  const known = last && kept.get(last)
  if (known !== undefined) return known
  const folded: Stride = { set: new Map(), facts: { ...before } }
  for (const checkpoint of checkpoints.slice(from, until)) fold(folded, checkpoint)
  if (last !== undefined) kept.set(last, folded)
  return folded
}

function fold({ set, facts }: Stride, { number, changes }: Checkpoint): void {
  for (const change of changes) {
    if ('address' in change) set.set(change.key, { address: change.address, since: number })
    else if ('fact' in change) facts[stepOfFact(change.key)] = change.fact
    else {
      set.set(change.key, null)
      Reflect.deleteProperty(facts, stepOfFact(change.key))
    }
  }
}

const ofStep = 'step/'
const stepOfFact = (key: string): string => (key.startsWith(ofStep) ? key.slice(ofStep.length) : key)

export interface ValueChange {
  readonly key: string
  readonly after: Address
  /** What it took the place of: the value of the same key, or the output of the iteration before. */
  readonly before: { readonly address: Address; readonly key: string } | null
}

export interface FactChange {
  readonly step: string
  readonly before: StepFact | null
  readonly after: StepFact
}

/** What a checkpoint changed of the state before it, beside what it dropped. */
export function changesOf(checkpoint: Checkpoint, before: Asked): { values: ValueChange[]; facts: FactChange[] } {
  const values: ValueChange[] = []
  const facts: FactChange[] = []
  const factsBefore = new Map(Object.entries(before.facts))
  for (const change of checkpoint.changes) {
    if ('address' in change) values.push(valueChange(change, before))
    else if ('fact' in change) {
      const step = stepOfFact(change.key)
      facts.push({ step, before: factsBefore.get(step) ?? null, after: change.fact })
    }
  }
  return { values, facts }
}

function valueChange({ key, address }: Extract<StateChange, { address: Address }>, { values }: Asked): ValueChange {
  const output = outputOfKey(key)
  const earlier = output === undefined ? [] : [`output/${output.step}/${output.iteration - 1}`]
  const replaced = [key, ...earlier].find((each) => values.has(each))
  const held = replaced === undefined ? undefined : values.get(replaced)
  return {
    key,
    after: address,
    before: held === undefined || replaced === undefined ? null : { address: held.address, key: replaced },
  }
}

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

interface Folded {
  readonly values: Map<string, HeldValue>
  readonly facts: Record<string, StepFact>
}

/** Every so many checkpoints the state is kept, so that going back and forth through thousands folds a few of them. */
const stride = 200
/** A checkpoint never changes, nor does what came before it. */
const kept = new WeakMap<Checkpoint, Folded>()

/** `checkpoints` are those of the branch from its first on; of later ones than `number` nothing is taken. */
export function stateAt(checkpoints: readonly Checkpoint[], number: number): PastState {
  const { before, since } = keptBefore(checkpoints, number)
  const state = copyOf(before)
  for (const checkpoint of since) fold(state, checkpoint)
  return state
}

/** A state of which a few values are asked for. */
export type Asked = Pick<PastState, 'facts'> & { readonly values: Pick<PastState['values'], 'get' | 'has'> }

/** The same state, for who looks few of its values up: a playhead on its way passes one in every frame, and each may hold thousands. */
export function askedAt(checkpoints: readonly Checkpoint[], number: number): Asked {
  const { before, since } = keptBefore(checkpoints, number)
  const get = (key: string): HeldValue | undefined => {
    const setter = since.findLast(({ changes }) => changes.some((change) => change.key === key))
    const change = setter?.changes.findLast((each) => each.key === key)
    if (setter === undefined || change === undefined) return before.values.get(key)
    return 'address' in change ? { address: change.address, since: setter.number } : undefined
  }
  return { facts: factsAt(checkpoints, number), values: { get, has: (key) => get(key) !== undefined } }
}

/** The facts of that state alone. */
export function factsAt(checkpoints: readonly Checkpoint[], number: number): PastState['facts'] {
  const { before, since } = keptBefore(checkpoints, number)
  const facts = { ...before.facts }
  for (const { changes } of since) foldFacts(facts, changes)
  return facts
}

interface Kept {
  readonly before: Folded
  /** What comes after it. */
  readonly since: readonly Checkpoint[]
}

/** The last state that is kept up to there. */
function keptBefore(checkpoints: readonly Checkpoint[], number: number): Kept {
  const until = placeUpTo(checkpoints, number) + 1
  let before: Folded = { values: new Map(), facts: {} }
  let from = 0
  for (; from + stride <= until; from += stride) before = folded(checkpoints, from, before)
  return { before, since: checkpoints.slice(from, until) }
}

/** The state after the stride that begins there, folded once. */
function folded(checkpoints: readonly Checkpoint[], from: number, before: Folded): Folded {
  const last = checkpoints[from + stride - 1]
  const known = last && kept.get(last)
  if (known !== undefined) return known
  const state = copyOf(before)
  for (const checkpoint of checkpoints.slice(from, from + stride)) fold(state, checkpoint)
  if (last !== undefined) kept.set(last, state)
  return state
}

const copyOf = ({ values, facts }: Folded): Folded => ({ values: new Map(values), facts: { ...facts } })

function fold({ values, facts }: Folded, { number, changes }: Checkpoint): void {
  for (const change of changes) {
    if ('address' in change) values.set(change.key, { address: change.address, since: number })
    if ('gone' in change) values.delete(change.key)
  }
  foldFacts(facts, changes)
}

function foldFacts(facts: Folded['facts'], changes: Checkpoint['changes']): void {
  for (const change of changes) {
    if ('fact' in change) facts[stepOfFact(change.key)] = change.fact
    if ('gone' in change) Reflect.deleteProperty(facts, stepOfFact(change.key))
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

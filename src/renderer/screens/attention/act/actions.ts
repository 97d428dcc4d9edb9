/** The answers to a decision as a person finds them: in words, each with a key. */
import type { DecisionKind, DecisionRecord } from '../../../../model/decision.ts'
import { spelled } from '../../../widgets/text/unseen.ts'
import { titled } from '../words.ts'

export interface Answer {
  readonly name: string
  readonly role: 'primary' | 'secondary'
  readonly label: string
  readonly key: string | undefined
}

/** What the engine's own questions call their answers; an author's are read as they are named. */
const labels: Readonly<Record<Exclude<DecisionKind, 'approval'>, Readonly<Record<string, string>>>> = {
  in_doubt: { happened: 'It happened', 'did-not-happen': 'It did not happen' },
  recovery: {
    retry: 'Try again',
    happened: 'It was done by hand',
    fallback: 'Alternative path',
    skip: 'Leave it out',
    restore: 'Restore a checkpoint',
    restart: 'Restart from the beginning',
    fail: 'Let it fail',
    cancel: 'Cancel the run',
  },
  dead_letter: {
    retry: 'Try again',
    fallback: 'Alternative path',
    skip: 'Leave it out',
    restore: 'Restore a checkpoint',
    restart: 'Restart from the beginning',
    discard: 'Discard the run',
  },
  arm: { arm: 'Arm it', happened: 'It has happened', skip: 'Leave it out' },
  loop: { 'go-on': 'Go on past it', 'go-back': 'Go back once more', fail: 'Let it fail' },
}

export function labelOf(kind: DecisionKind, action: string): string {
  return (kind === 'approval' ? undefined : labels[kind][action]) ?? spelled(titled(action))
}

/** Taken by the screen, by moving, and by the first key of a sequence. */
const taken: ReadonlySet<string> = new Set('ejkhlng')

/** The first of each: `a` for the primary, else a letter of its name that is free, `x` before its later ones. */
export function answersOf({ kind, actions }: Pick<DecisionRecord, 'kind' | 'actions'>): readonly Answer[] {
  const used = new Set([...taken, 'a'])
  return actions
    .toSorted((one, other) => Number(other.role === 'primary') - Number(one.role === 'primary'))
    .map(({ name, role }, index) => {
      const [first = '', ...rest] = name.toLowerCase().replaceAll(/[^a-z]/g, '')
      const key = index === 0 && role === 'primary' ? 'a' : [first, 'x', ...rest].find((letter) => letter !== '' && !used.has(letter))
      if (key !== undefined) used.add(key)
      return { name, role, label: labelOf(kind, name), key }
    })
}

/** A map: an author may call an answer `constructor`. */
const past: ReadonlyMap<string, string> = new Map([
  ['approve', 'Approved'],
  ['reject', 'Rejected'],
])

/** Said of the answer once it was given. */
export function said(kind: DecisionKind, action: string): string {
  return (kind === 'approval' ? past.get(action) : undefined) ?? `Answered “${labelOf(kind, action)}”`
}

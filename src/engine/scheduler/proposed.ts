import { type Actor, engineActor } from '../../model/actor.ts'
import type { Committed, Ports, RunChange } from '../ports.ts'
import type { Turn } from '../turn/turn.ts'
import { transitionOf } from './transition.ts'

type Told = Omit<RunChange, 'summary'>

/** What a turn came to: on its way to the store, and for others to hear once it is there. */
export interface Proposed {
  readonly committed: Promise<Committed>
  readonly told: Told
  readonly begun: readonly Told[]
}

/** Hands a turn's transition to the store, with those of the children that it creates. `isNew` of one that creates its run. */
export function propose({ storage }: Pick<Ports, 'storage'>, turn: Turn, actor: Actor, isNew: boolean): Proposed {
  const children = turn.children.map((child) => transitionOf(child, engineActor, true))
  const { transition, told } = transitionOf(turn, actor, isNew)
  const whole = children.length === 0 ? transition : { ...transition, children: children.map((child) => child.transition) }
  return { committed: storage.commit(whole), told, begun: children.map((child) => child.told) }
}

/** Others hear what is committed. */
export function tell({ notification }: Pick<Ports, 'notification'>, { told, begun }: Proposed, { entry, summary, children = [] }: Committed): void {
  notification.committed(entry, { summary, ...told })
  for (const [index, child] of children.entries()) {
    const rows = begun[index]
    if (rows !== undefined) notification.committed(child.entry, { summary: child.summary, ...rows })
  }
}

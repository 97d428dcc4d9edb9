/**
 * Every action of the console, as the palette lists it and the keyboard reaches it. A screen registers its own while
 * it is shown; what cannot be done at the moment stays listed and says why.
 */
import type { LucideIcon } from 'lucide-react'
import { useEffect, useId } from 'react'
import { create } from 'zustand'
import { type AsksHost, useObstacles } from './connection.ts'
import type { Look } from '../widgets/status/look.ts'

export interface Command {
  /** Unique among all that can be registered at once. */
  readonly id: string
  readonly title: string
  readonly section: string
  readonly icon?: LucideIcon
  /** How that stands to which it leads. */
  readonly look?: Look
  /** As tinykeys spells them: `g r`, `$mod+k`, `Shift+?`. */
  readonly keys?: string
  /** Keys that do the same, for hands that are used to them. */
  readonly otherKeys?: readonly string[]
  /** Other words by which somebody may look for it. */
  readonly also?: string
  /** Why it cannot be done at the moment. */
  readonly unavailable?: string | undefined
  /** Set where the host has to do it: it cannot be done while the host is away. */
  readonly asksHost?: AsksHost
  readonly run: () => void
}

interface Commands {
  readonly groups: ReadonlyMap<string, readonly Command[]>
  register(group: string, commands: readonly Command[]): void
  withdraw(group: string): void
}

export const useCommandStore = create<Commands>()((set) => ({
  groups: new Map(),
  register: (group, commands) => set(({ groups }) => ({ groups: new Map(groups).set(group, commands) })),
  withdraw: (group) => set(({ groups }) => ({ groups: new Map([...groups].filter(([name]) => name !== group)) })),
}))

/** Offers commands while the component is shown. `commands` must be stable between renders that change nothing. */
export function useCommands(commands: readonly Command[]): void {
  const group = useId()
  const obstacle = useObstacles()
  useEffect(() => {
    const { register, withdraw } = useCommandStore.getState()
    register(group, commands.map((command) => ({ ...command, unavailable: obstacle(command.asksHost) ?? command.unavailable })))
    return () => withdraw(group)
  }, [group, commands, obstacle])
}

/** All that can be done from here, in the order in which it was registered. */
export function allCommands({ groups }: Pick<Commands, 'groups'>): readonly Command[] {
  return [...groups.values()].flat()
}

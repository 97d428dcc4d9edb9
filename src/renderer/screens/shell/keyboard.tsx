import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import { allCommands, type Command, useCommandStore } from '../../state/commands.ts'

/** Lets the keys of every registered command do what it does. Of two with the same keys the later one has them. */
export function Keyboard() {
  const groups = useCommandStore((store) => store.groups)
  useEffect(() => tinykeys(window, bindings(allCommands({ groups }))), [groups])
  return null
}

function bindings(commands: readonly Command[]): Record<string, (event: KeyboardEvent) => void> {
  const bound = commands.flatMap(({ keys, unavailable, run }) =>
    keys === undefined || unavailable !== undefined ? [] : [[keys, handler(keys, run)] as const],
  )
  return Object.fromEntries(bound)
}

/** Plain letters belong to whoever is writing, and to a dialog that is open; chords with Ctrl or Cmd do not. */
function handler(keys: string, run: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (!keys.includes('$mod') && (isWriting(event.target) || isCovered())) return
    event.preventDefault()
    run()
  }
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
}

function isCovered(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"][data-open]') !== null
}

import { useEffect } from 'react'
import { matchKeybindingPress, parseKeybinding } from 'tinykeys'
import { allCommands, type Command, useCommandStore } from '../../state/commands.ts'

/** How long the next key of a sequence may take, in milliseconds. */
const patience = 1_000

/**
 * Lets the keys of every registered command do what it does. What was pressed so far outlives a change of the
 * commands: a screen that comes up between two keys of a sequence takes none of them away.
 */
export function Keyboard() {
  useEffect(() => {
    let pressed: readonly KeyboardEvent[] = []

    const press = (event: KeyboardEvent): void => {
      if (event.getModifierState(event.key) || isTaken(event) || !isForCommands(event)) return
      const before = event.timeStamp - (pressed.at(-1)?.timeStamp ?? 0) > patience ? [] : pressed
      const commands = bound()
      const sequence = [[...before, event], [event]].find((keys) => commands.some(({ presses }) => begins(presses, keys)))
      pressed = sequence ?? []
      // Of two with the same keys the one that was registered later has them: a screen's before the shell's. What cannot
      // be done leaves them to the other.
      const fitting = commands.filter(({ presses }) => presses.length === pressed.length && begins(presses, pressed))
      const meant = fitting.findLast(({ command }) => command.unavailable === undefined) ?? fitting.at(-1)
      if (meant === undefined) return
      pressed = []
      event.preventDefault()
      if (meant.command.unavailable === undefined) meant.command.run()
    }

    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return null
}

type Presses = ReturnType<typeof parseKeybinding>

function bound(): { readonly command: Command; readonly presses: Presses }[] {
  return allCommands(useCommandStore.getState()).flatMap((command) =>
    [command.keys ?? [], command.otherKeys ?? []].flat().map((keys) => ({ command, presses: parseKeybinding(keys) })),
  )
}

/** Whether these keys are the first of the sequence, or all of it. */
function begins(presses: Presses, keys: readonly KeyboardEvent[]): boolean {
  return keys.every((event, index) => {
    const press = presses[index]
    return press !== undefined && matchKeybindingPress(event, press)
  })
}

/** A button that cannot be pressed at the moment keeps every key to itself, and does nothing with it. */
function isTaken({ defaultPrevented, target }: KeyboardEvent): boolean {
  return defaultPrevented && !(target instanceof HTMLElement && target.matches('button[aria-disabled="true"]'))
}

/** Plain keys belong to whoever is writing, and to what lies over the screen; chords with Ctrl or Cmd do not. */
function isForCommands({ ctrlKey, metaKey, key, target }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || !(isWriting(target) || isCovered() || (key.startsWith('Arrow') && scrolls(target)) || (key === 'Enter' && isPressed(target)))
}

/** What Enter does something with already. */
function isPressed(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('a[href], button, summary, input')
}

/** What is in reach of the keyboard and no button is there to be scrolled, or moved through, by arrows. */
function scrolls(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('[tabindex="0"]:not(a, button)')
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type="checkbox"], [type="radio"]), textarea, select'))
}

/** What is told in passing is a dialog by its role, too, and lies over nothing. */
function isCovered(): boolean {
  return document.querySelector(':is([role="dialog"], [role="alertdialog"], [role="menu"]):not(.toast)') !== null
}

import './keys.css'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)
const names: Readonly<Record<string, string>> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Shift: '⇧',
  Escape: 'Esc',
  Enter: '↵',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** Keys as they stand on a keyboard: `g r` one after the other, `$mod+k` at once. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="keys" aria-hidden>
      {keys.split(' ').map((chord, index) => (
        <kbd key={index}>{chordName(chord)}</kbd>
      ))}
    </span>
  )
}

/** In words, for whoever does not see it. */
export function chordName(chord: string): string {
  // `Shift+?` is one key to a person: the character. `+` is a key, too.
  const parts = chord === 'Shift+?' ? ['?'] : chord.split(/(?<=\w)\+/)
  return parts.map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(' ')
}

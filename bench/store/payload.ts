/** Text that no compressor makes much of: compression must flatter nobody. */
import { createHash } from 'node:crypto'
import { Dice } from '../../test/simulation/dice.ts'

/** What JSON writes as it is: each character is one octet and carries as much as one can. */
const letters = [...Array(0x7f - 0x20).keys()].map((code) => String.fromCharCode(code + 0x20)).filter((letter) => !'"\\'.includes(letter))
/** To make more of it takes a process longer than to start, and holds more memory than an engine does. */
const stock = 1 << 16

/** Answers texts of so many characters, each cut from another place of a seeded stock. */
export function payloads(seed: number, characters: number): () => string {
  const dice = new Dice(seed)
  const text = drawn(seed, stock + characters)
  return () => {
    const from = dice.int(0, stock - 1)
    return text.slice(from, from + characters)
  }
}

/** So many letters, nearly each as likely as any other. They are drawn at once: what is measured of a process has its start in it. */
function drawn(seed: number, characters: number): string {
  const codes = letters.map((letter) => letter.charCodeAt(0))
  const octets = createHash('shake256', { outputLength: characters }).update(`${seed}`).digest()
  return Buffer.from(octets.map((octet) => codes[octet % codes.length] ?? 0)).toString('latin1')
}

/** Text that no compressor makes much of: compression must flatter nobody. */
import { Dice } from '../../test/simulation/dice.ts'

/** What JSON writes as it is: each character is one octet and carries as much as one can. */
const letters = [...Array(0x7f - 0x20).keys()].map((code) => String.fromCharCode(code + 0x20)).filter((letter) => !'"\\'.includes(letter))
/** To make more of it takes a process longer than to start, and holds more memory than an engine does. */
const stock = 1 << 16

/** Answers texts of so many characters, each cut from another place of a seeded stock. */
export function payloads(seed: number, characters: number): () => string {
  const dice = new Dice(seed)
  const text = Array.from({ length: stock + characters }, () => dice.pick(letters)).join('')
  return () => {
    const from = dice.int(0, stock - 1)
    return text.slice(from, from + characters)
  }
}

import { workflow, z } from 'cairn'

/** Printable characters that no compressor makes much of. */
const letter = () => String.fromCharCode(0x23 + Math.floor(Math.random() * 57))
const stock = Array.from({ length: 65_536 }, letter).join('')

function answer(): string {
  const from = Math.floor(Math.random() * 60_000)
  return stock.slice(from, from + 1_000)
}

const output = z.string().max(2_000)

export default workflow('chain', { version: 1, input: z.object({}) })
  .step('s0', { output }, answer)
  .step('s1', { needs: ['s0'], output }, answer)
  .step('s2', { needs: ['s1'], output }, answer)
  .step('s3', { needs: ['s2'], output }, answer)
  .step('s4', { needs: ['s3'], output }, answer)
  .step('s5', { needs: ['s4'], output }, answer)
  .step('s6', { needs: ['s5'], output }, answer)
  .step('s7', { needs: ['s6'], output }, answer)
  .step('s8', { needs: ['s7'], output }, answer)
  .step('s9', { needs: ['s8'], output }, answer)

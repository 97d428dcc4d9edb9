import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Json } from '../../src/model/json.ts'

/** The inputs that the example is shipped with: one draft is enough, two are, and none ever is. */
const names = ['project-review', 'first-contact', 'outage-apology'] as const

const Letter = z.looseObject({ recipient: z.looseObject({ email: z.string() }) })

/** The input of the nth run. Its recipient has an address that no other run's has: by that its mail is known. */
export function letters(workspace: string): (number: number) => { readonly input: Json; readonly to: string } {
  const all = names.map((name) => Letter.parse(JSON.parse(readFileSync(join(workspace, 'inputs', `${name}.json`), 'utf8'))))
  return (number) => {
    const letter = all[number % all.length]
    if (letter === undefined) throw new Error('the example has no inputs')
    const to = `reader-${number}@example.com`
    return { to, input: Json.parse({ ...letter, recipient: { ...letter.recipient, email: to } }) }
  }
}

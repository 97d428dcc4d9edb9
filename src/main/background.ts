import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const Kept = z.object({ goesOn: z.boolean() })

/** Whether the program goes on once its last window is closed, as its user has said; kept in a file of the profile. */
export class Background {
  readonly #file: string
  goesOn: boolean

  /** `usual` stands until the user has said anything. */
  constructor(profile: string, usual: boolean) {
    this.#file = join(profile, 'background.json')
    this.goesOn = this.#read() ?? usual
  }

  /** What cannot be kept holds until the program ends. */
  set(goesOn: boolean): void {
    this.goesOn = goesOn
    try {
      mkdirSync(dirname(this.#file), { recursive: true })
      writeFileSync(this.#file, JSON.stringify({ goesOn } satisfies z.infer<typeof Kept>))
    } catch (error) {
      process.stderr.write(`${this.#file} could not be written: ${String(error)}\n`)
    }
  }

  #read(): boolean | undefined {
    try {
      return Kept.safeParse(JSON.parse(readFileSync(this.#file, 'utf8'))).data?.goesOn
    } catch {
      return undefined
    }
  }
}

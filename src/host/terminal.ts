import { createInterface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'

/** Where a command speaks and listens. */
export interface Terminal {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether what is printed can be overwritten. */
  readonly live: boolean
  /** Whether somebody is there to be asked. */
  readonly asks: boolean
  readonly colour: boolean
  /** How many lines can be seen at once. */
  readonly rows: number
  out(line: string): void
  /** For what is said beside the answer: progress, hints, errors. */
  err(line: string): void
  /** Moves over what was printed: to the start of the line so many lines up, clearing from there on. */
  rewind(lines: number): void
  /** Asks for one line; undefined where there is no more to read. */
  ask(question: string): Promise<string | undefined>
}

interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean }
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly rows?: number }
  readonly stderr: Writable
  readonly env: Terminal['env']
  cwd(): string
}

export function terminalOf({ stdin, stdout, stderr, env, cwd }: Streams): Terminal {
  const live = stdout.isTTY === true && env['TERM'] !== 'dumb'
  return {
    cwd: cwd(),
    env,
    live,
    asks: live && stdin.isTTY === true,
    colour: live && (env['NO_COLOR'] ?? '') === '',
    get rows() {
      const { rows = 0 } = stdout
      return rows > 0 ? rows : 24
    },
    out: (line) => stdout.write(`${line}\n`),
    err: (line) => stderr.write(`${line}\n`),
    rewind: (lines) => {
      if (lines > 0) stdout.write(`\x1b[${lines}F\x1b[0J`)
    },
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stdout })
      const ended = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)))
      try {
        return await Promise.race([lines.question(question), ended])
      } finally {
        lines.close()
      }
    },
  }
}

/** What later steps take from what the programs before them have printed. */

interface Printed {
  readonly stdout: string
}

/** Where the project was generated: the last line says so. */
export function folderOf({ stdout }: Printed): string {
  return lastWordOf(stdout)
}

/** What was built, by its content. */
export function digestOf({ stdout }: Printed): string {
  return lastWordOf(stdout)
}

function lastWordOf(printed: string): string {
  return printed.trim().split('\n').at(-1)?.split(' ').at(-1) ?? ''
}

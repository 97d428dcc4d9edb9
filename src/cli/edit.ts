import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json } from '../model/json.ts'
import { parseJson } from './given-file.ts'
import type { Terminal } from '../host/terminal.ts'
import { baseFolder } from '../host/workspace/places.ts'
import { UsageError } from './trouble.ts'

/** Lets a person change a value in their editor: a text as a text, anything else as JSON. @throws UsageError */
export async function editInEditor({ env }: Terminal, value: Json): Promise<Json> {
  // Where a system has a folder of the user's that is in memory, nothing of it comes to a disk.
  const folder = await mkdtemp(join(baseFolder(env['XDG_RUNTIME_DIR']) ?? tmpdir(), 'cairn-edit-'))
  const isText = typeof value === 'string'
  const file = join(folder, isText ? 'edit.txt' : 'edit.json')
  try {
    await writeFile(file, isText ? value : `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
    await openEditor(env['VISUAL'] ?? env['EDITOR'] ?? (process.platform === 'win32' ? 'notepad' : 'vi'), file)
    return readEdit(await readFile(file, 'utf8'), isText, file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A value as somebody wrote it: a text keeps its words, and loses the line end that editors add. */
export function readEdit(written: string, isText: boolean, from: string): Json {
  return isText ? written.replace(/\r?\n$/, '') : parseJson(written, from)
}

/** The setting may hold arguments (`code --wait`), so a shell reads it; the file is handed over as an argument. */
function openEditor(editor: string, file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const [program, args] =
      process.platform === 'win32' ? ['cmd', ['/c', editor, file]] : ['sh', ['-c', `${editor} "$1"`, editor, file]]
    const child = spawn(program, args, { stdio: 'inherit' })
    child.on('error', () => reject(new UsageError(`the editor ${editor} cannot be started: set EDITOR to one that can`)))
    child.on('exit', (code) => {
      if (code === 0) resolve()
      else reject(new UsageError(`the editor ${editor} ended with ${code ?? 'a signal'}: nothing was decided`))
    })
  })
}

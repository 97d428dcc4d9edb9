/** Measurements in processes of their own: nothing that one has warmed, filled or left behind is another's. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Figures } from './contender.ts'

const Answer = z.record(z.string(), z.number().nullable())
/** What is compiled is kept for the next process, as a program that is installed comes compiled. */
const compiled = { NODE_COMPILE_CACHE: join(tmpdir(), 'cairn-bench-compiled') }
const script = (name: string): string => join(import.meta.dirname, name)

/** Runs a script in a new folder, and answers its figures. */
export async function measured(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Figures> {
  return inFolder(async (folder) => {
    const { line, code } = await firstLine(name, [...args.slice(0, 2), folder, ...args.slice(2)], env)
    if (code !== 0 || line === undefined) throw new Error(`${name} ${args.join(' ')} ended with ${code}`)
    return Object.fromEntries(Object.entries(Answer.parse(JSON.parse(line))).map(([figure, value]) => [figure, value ?? NaN]))
  })
}

/**
 * Kills a process in the middle of a run, and answers how long the next one takes from its start to the run's next step, in
 * milliseconds.
 */
export async function resumed(contender: string): Promise<Figures> {
  return inFolder(async (folder) => {
    await firstLine('resume.ts', [contender, 'crash', folder])
    const from = performance.now()
    let said = NaN
    const { line, code } = await firstLine('resume.ts', [contender, 'resume', folder], {}, () => (said = performance.now() - from))
    if (line !== 'step 51' || code !== 0) throw new Error(`${contender} did not take the run up: ${line}, ${code}`)
    return { 'ms to the next step': said }
  })
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'cairn-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Ended {
  readonly line: string | undefined
  readonly code: number | null
}

function firstLine(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}, said: () => void = () => undefined): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script(name), ...args], {
      env: { ...process.env, ...compiled, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let line: string | undefined
    createInterface(child.stdout).once('line', (text) => {
      line = text
      said()
    })
    child.once('error', reject)
    child.once('close', (code) => resolve({ line, code }))
  })
}

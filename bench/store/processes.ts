/** Measurements in processes of their own: nothing that one has warmed, filled or left behind is another's. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { built, type Programs } from './built.ts'
import type { Durability, Figures, Place } from './contender.ts'
import { serverOf } from './servers.ts'
import { workloads } from './workloads.ts'

const Answer = z.record(z.string(), z.number().nullable())
/** What is compiled is kept for the next process, as a program that is installed comes compiled. */
const compiled = { NODE_COMPILE_CACHE: join(tmpdir(), 'cairn-bench-compiled') }
/** What a host is started with (`scripts/runtime.mjs`). A peer is a part of somebody else's program, which may be started so too. */
const asStarted = (contender: string): string[] => (/^cairn|8 MB$/.test(contender) ? ['--max-semi-space-size=8'] : [])
let programs: Promise<Programs> | undefined

/** Puts a contender through a workload, and answers its figures. */
export async function measured(contender: string, workload: string, scale: string, env: NodeJS.ProcessEnv = {}): Promise<Figures> {
  const durability = workloads.find(({ name }) => name === workload)?.durability ?? 'full'
  return inPlace(contender, durability, async ({ folder, server = '' }) => {
    const { measure } = await (programs ??= built())
    const { line, code } = await firstLine([...asStarted(contender), measure, contender, workload, folder, scale, server], env)
    if (code !== 0 || line === undefined) throw new Error(`${contender} in ${workload} ended with ${code}`)
    return Object.fromEntries(Object.entries(Answer.parse(JSON.parse(line))).map(([figure, value]) => [figure, value ?? NaN]))
  })
}

/**
 * Kills a process in the middle of a run, and answers how long the next one takes from its start to the run's next step, in
 * milliseconds.
 */
export async function resumed(contender: string): Promise<Figures> {
  return inPlace(contender, 'normal', async ({ folder, server = '' }) => {
    const { resume } = await (programs ??= built())
    await firstLine([...asStarted(contender), resume, contender, 'crash', folder, server])
    const from = performance.now()
    let said = NaN
    const { line, code } = await firstLine([...asStarted(contender), resume, contender, 'resume', folder, server], {}, () => (said = performance.now() - from))
    if (line !== 'step 51' || code !== 0) throw new Error(`${contender} did not take the run up: ${line}, ${code}`)
    return { 'ms to the next step': said }
  })
}

/** Why a contender cannot be measured here: its server is not installed, or does not start. Undefined where it can. */
export async function hindrance(contender: string): Promise<string | undefined> {
  try {
    await inPlace(contender, 'full', () => Promise.resolve())
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error)
  }
}

async function inPlace<T>(contender: string, durability: Durability, work: (place: Place) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'cairn-bench-'))
  try {
    await using server = await serverOf(contender, { folder, durability })
    return await work({ folder, durability, ...(server !== undefined && { server: server.address }) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Ended {
  readonly line: string | undefined
  readonly code: number | null
}

function firstLine(args: readonly string[], env: NodeJS.ProcessEnv = {}, said: () => void = () => undefined): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], {
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

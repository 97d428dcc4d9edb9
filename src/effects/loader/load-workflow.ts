/**
 * Loads a workflow module. Its code runs in a process of its own and nowhere else; what that process answers is parsed
 * and checked again here, where it counts.
 */
import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import type { Clock } from '../../engine/ports.ts'
import { graphProblems } from '../../model/graph-problems.ts'
import { type Millis, RevisionHash } from '../../model/ids.ts'
import type { Manifest } from '../../model/manifest.ts'
import { systemClock } from '../clock.ts'
import type { StartProcess } from '../executor/executor-process.ts'
import { forkExecutors } from '../executor/fork.ts'
import { DefinitionError, type Finding, problemsOf } from './definition-error.ts'
import { runLoader } from './loader-process.ts'
import { findingOf } from './silence.ts'
import type { Sources } from './sources.ts'
import type { Trust } from './trust.ts'

export interface LoadOptions {
  readonly trust: Trust
  /** Starts a loader process; its entry is `child/main.ts`. Forks one unless told otherwise. */
  readonly start?: StartProcess
  /** The module that `cairn` stands for. */
  readonly sdk?: string
  readonly clock?: Clock
  /** How long loading may take, in milliseconds. */
  readonly timeout?: Millis
  /** How much memory loading may take, in bytes. */
  readonly memory?: number
  /** Ends loading when nobody wants to know any more. */
  readonly signal?: AbortSignal
}

export interface LoadedWorkflow {
  readonly hash: RevisionHash
  readonly manifest: Manifest
  /** CommonJS with its source map inline. */
  readonly bundle: string
  readonly sources: Sources
}

// Bundled, the entries lie beside what is bundled of this file.
const bundled = import.meta.filename.endsWith('.js')
const entry = join(import.meta.dirname, bundled ? 'loader.js' : 'child/main.ts')
const sdkEntry = join(import.meta.dirname, bundled ? 'sdk.js' : '../../sdk/index.ts')
/** How much memory loading may take unless somebody says otherwise, in bytes. */
export const loaderMemory = 512 * 2 ** 20

/**
 * `file` is a path below the workspace, with forward slashes.
 * @throws DefinitionError with everything that is wrong
 */
export async function loadWorkflow(workspace: string, file: string, options: LoadOptions): Promise<LoadedWorkflow> {
  const { trust, sdk = sdkEntry, clock = systemClock, timeout = 15_000, memory = loaderMemory, signal } = options
  const { start = forkExecutors({ entry, memory }) } = options
  if (isOutside(file) || !(await trust.isTrusted(workspace))) throw refusal(file, untrusted(workspace))

  const request = { workspace: await realpath(workspace), file, sdk }
  const outcome = await runLoader(start, request, { clock, timeout, memory, signal })
  const { sources } = outcome
  if (outcome.type === 'refused') throw new DefinitionError(file, outcome.problems, sources)
  if (outcome.type !== 'loaded') throw refusal(file, findingOf(outcome, { timeout, memory }), sources)
  const { manifest, bundle } = outcome
  const found = graphProblems(manifest.steps)
  if (found.length > 0) throw new DefinitionError(file, problemsOf(file, found), sources)
  const hash = RevisionHash.parse(createHash('sha256').update(bundle).digest('hex'))
  return { hash, manifest: { ...manifest, file }, bundle, sources }
}

function refusal(file: string, finding: Finding, sources?: Sources): DefinitionError {
  return new DefinitionError(file, problemsOf(file, [finding]), sources)
}

function isOutside(file: string): boolean {
  return isAbsolute(file) || relative('.', file).split(sep)[0] === '..'
}

function untrusted(workspace: string): Finding {
  return {
    code: 'untrusted_folder',
    message: `code in ${workspace} does not run: nobody has said that the folder is trusted`,
    wayOut: 'look at what is in it, then trust the folder',
  }
}

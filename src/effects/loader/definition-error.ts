import { z } from 'zod'
import { Failure } from '../../model/failure.ts'
import { graphProblemCodes } from '../../model/graph-problems.ts'
import { noSources, type Sources } from './sources.ts'

export const ProblemCode = z.enum([
  ...graphProblemCodes,
  'bad_option',
  'bad_duration',
  'bad_schema',
  'bad_edit_path',
  'bad_migration',
  'no_default_export',
  'duplicate_workflow',
  'unknown_workflow',
  'workflow_circle',
  'bundle_failed',
  'import_failed',
  'external_undeclared',
  'external_missing',
  'load_threw',
  'load_hung',
  'load_crashed',
  'untrusted_folder',
])
export type ProblemCode = z.infer<typeof ProblemCode>

/** One thing that is wrong with a definition: a failure that names the file, and the step where it is one's. */
export const Problem = Failure.extend({
  code: ProblemCode,
  /** Below the workspace, with forward slashes. */
  file: z.string(),
  step: z.string().nullable(),
  wayOut: z.string(),
})
export type Problem = z.infer<typeof Problem>

/** What is said of a problem by who finds it. `path` leads into the definition: `steps.draft.retry.factor`. */
export interface Finding {
  readonly code: ProblemCode
  readonly message: string
  readonly wayOut: string
  readonly step?: string | null
  readonly path?: string
  readonly stack?: string | undefined
}

/** Names and texts of a definition are told again where they are wrong: told in full, they may be megabytes. */
const longestText = 4_000

export type Problems = readonly [Problem, ...Problem[]]

/** What was found, of this file. @throws RangeError where that is nothing: a refusal says why */
export function problemsOf(file: string, findings: readonly Finding[]): Problems {
  const [first, ...more] = findings.map((finding) => problem(file, finding))
  if (first === undefined) throw new RangeError(`${file} was refused, and nothing was found wrong with it`)
  return [first, ...more]
}

function problem(file: string, { code, message, wayOut, step = null, path, stack }: Finding): Problem {
  return {
    class: 'validation',
    name: 'DefinitionError',
    code,
    message: cut(`${file}: ${message}`),
    wayOut: cut(wayOut),
    file,
    step: step === null ? null : cut(step),
    ...(path !== undefined && { path: cut(path) }),
    ...(stack !== undefined && { stack }),
  }
}

function cut(text: string): string {
  return text.length <= longestText ? text : `${text.slice(0, longestText)}… (${text.length} characters)`
}

/** A module that is no workflow that could run, with everything that is wrong with it. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError'
  readonly file: string
  readonly problems: Problems
  /** What was looked at until then: a change of these may mend it. */
  readonly sources: Sources

  constructor(file: string, problems: Problems, sources: Sources = noSources) {
    super(problems.map(({ message, wayOut }) => `${message} (${wayOut})`).join('\n'))
    this.file = file
    this.problems = problems
    this.sources = sources
  }
}

/**
 * What the text of a `cairn.config.yaml` comes to. What is written of a step stands over what is written of its workflow, that
 * over what is written of all, and that over what goes without saying; each is put together and parsed whole, so that
 * whoever reads a rule looks nothing up twice.
 */
import type { z } from 'zod'
import { type Millis, StepId, WorkflowName } from '../../model/ids.ts'
import type { Json } from '../../model/json.ts'
import type { Bulkhead } from '../../model/policy/coordination.ts'
import type { Policy, Rules } from '../../model/policy/policy.ts'
import type { Fault } from '../../model/policy/policy-view.ts'
import type { RetentionPolicy } from '../../model/retention.ts'
import { fileOutline, ForAll, ForStep, ForWorkflow, scopes } from './config-schema.ts'
import { leafAt, type Path, usualOf } from './outline.ts'
import { readText, type TextRead } from './read-text.ts'
import { retentionPolicy, type WorkflowRetention } from './retention-settings.ts'
import type { Debugging, Executors, Smtp, Store } from './sections.ts'
import { merged, namedIn } from './tree.ts'

/** What a workspace wants, read. */
export interface Config {
  readonly smtp?: Smtp | undefined
  readonly store: Store
  readonly executors: Executors
  readonly debugging: Debugging
  readonly retention: { readonly every: Millis; readonly policy: RetentionPolicy }
  readonly policy: Policy
}

export interface ConfigRead {
  readonly config: Config
  /** What is written, and where. */
  readonly written: TextRead
}

export type Parsed = { readonly read: ConfigRead } | { readonly faults: readonly [Fault, ...Fault[]] }

export function parseConfig(text: string): Parsed {
  const written = readText(text, fileOutline)
  const { config, faults } = put(written)
  const [first, ...others] = [...written.faults, ...faults].toSorted((one, other) => one.line - other.line)
  if (first !== undefined) return { faults: [first, ...others] }
  if (config === undefined) throw new Error('settings cannot be read, and nothing says why')
  return { read: { config, written } }
}

/** Settings where nothing is written. */
export function usualConfig(): ConfigRead {
  const parsed = parseConfig('')
  if ('faults' in parsed) throw new Error('what goes without saying cannot be read')
  return parsed.read
}

function put(written: TextRead): { readonly config?: Config; readonly faults: readonly Fault[] } {
  const { workflows, ...ofAll } = written.tree
  const faults: Fault[] = []
  const parse = <T>(schema: z.ZodType<T>, value: Json, path: Path): T | undefined => {
    const { data, error } = schema.safeParse(value)
    faults.push(...faultsIn(error?.issues ?? [], path, written))
    return data
  }
  const forAll = parse(ForAll, merged(usualOf(scopes.all) ?? {}, ofAll), [])
  if (forAll === undefined) return { faults }
  const { smtp, store, executors, debugging, retention, resources, limits, bulkhead, dead_letters: deadLetters, ...usual } = forAll
  const bounds: Record<string, z.infer<typeof WorkflowRetention>> = {}
  const rules = new Map<WorkflowName, { rules: Rules; steps: Map<StepId, Rules> }>()
  const bulkheads = new Map<WorkflowName, Bulkhead>()
  for (const [name, { steps, ...own }] of namedIn(workflows)) {
    const over = merged(ofAll, own)
    const ofWorkflow = parse(ForWorkflow, merged(usualOf(scopes.workflow) ?? {}, over), ['workflows', name])
    if (ofWorkflow === undefined) continue
    const { retention: kept, bulkhead: share, ...ownRules } = ofWorkflow
    const ofSteps = namedIn(steps).flatMap(([step, stepOwn]): [StepId, Rules][] => {
      const read = parse(ForStep, merged(usualOf(scopes.step) ?? {}, merged(over, stepOwn)), ['workflows', name, 'steps', step])
      return read === undefined ? [] : [[StepId.parse(step), rulesOfStep(read, ownRules)]]
    })
    const workflow = WorkflowName.parse(name)
    bounds[name] = kept
    bulkheads.set(workflow, share)
    rules.set(workflow, { rules: ownRules, steps: new Map(ofSteps) })
  }
  const policy = { usual, workflows: rules, resources, limits, deadLetters, bulkheads: { usual: bulkhead, workflows: bulkheads } }
  return { config: { smtp, store, executors, debugging, retention: { every: retention.every, policy: retentionPolicy(retention, bounds) }, policy }, faults }
}

/** What can be said of its workflow alone holds for a step, too. */
function rulesOfStep({ detection, ...own }: z.infer<typeof ForStep>, { breakers, throttles, ending, detection: { timeouts } }: Rules): Rules {
  return { ...own, breakers, throttles, ending, detection: { ...detection, timeouts: { ...detection.timeouts, run: timeouts.run } } }
}

/** What can only be said of parts together, and of what is missing. What was found wrong by itself is not told again. */
function faultsIn(issues: readonly z.core.$ZodIssue[], path: Path, { faults, lineOf }: TextRead): Fault[] {
  return issues.flatMap(({ path: within, code, message }) => {
    const at = [...path, ...within.map(String)]
    const place = at.join('.')
    if (faults.some((fault) => fault.message.startsWith(`${place} `))) return []
    const lines = at.map((_, left) => lineOf(at.slice(0, at.length - left)))
    const words = code === 'custom' ? message : `should be ${leafAt(fileOutline, at)?.wants ?? message}, and is missing`
    return [{ line: lines.find((line) => line !== null) ?? 1, message: `${place} ${words}` }]
  })
}


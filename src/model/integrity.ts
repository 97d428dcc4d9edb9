/** What it means for the store to be whole, and what is said where it is not. */
import { z } from 'zod'
import { counted } from './counted.ts'
import type { Failure } from './failure.ts'
import { Instant, RunId } from './ids.ts'

const Count = z.int().nonnegative()

/** One thing in the store that is not as it was written. */
export const Finding = z.object({
  /** `value`, `checkpoint`, `run`, `step`, `journal`, … */
  object: z.string(),
  key: z.string(),
  detail: z.string(),
  /** The run that cannot be trusted for it; null where it is of none. */
  run: RunId.nullable(),
  /** The newest checkpoint of that run that can be read whole; null where there is none. */
  nearest: Count.nullable(),
  /** The run has gone on without it: what it stands at now is whole. */
  isPast: z.literal(true).optional(),
})
export type Finding = z.infer<typeof Finding>

export const Counted = z.enum(['lineages', 'values', 'revisions', 'runs', 'checkpoints', 'entries', 'signals'])
export type Counted = z.infer<typeof Counted>

/** How much was looked at, so that *no findings* can be told from *nothing there*. */
export const Checked = z.record(Counted, Count)
export type Checked = z.infer<typeof Checked>

/** How much that was, in words. */
export function lookedAt({ runs, checkpoints, values, entries }: Checked): string {
  return `${counted(runs, 'run')}, ${counted(checkpoints, 'checkpoint')}, ${counted(values, 'value')} and ${counted(entries, 'journal entry', 'journal entries')}`
}

/** A walk through the whole store. */
export const Verification = z.object({ findings: z.array(Finding), checked: Checked })
export type Verification = z.infer<typeof Verification>

/** What a walk has come to: which part of the store it is at, and how much of the whole is done, from 0 to 1. */
export const VerifyProgress = z.object({ part: z.string(), done: z.number().min(0).max(1), findings: Count })
export type VerifyProgress = z.infer<typeof VerifyProgress>

/** How it stands with the store that is looked at time and again, a part at a time. */
export const IntegrityCheck = z.object({
  /** When something was looked at last. */
  checkedAt: Instant,
  /** When every row had been looked at since the one that comes next; null until then. */
  wholeAt: Instant.nullable(),
  /** Checkpoints looked at in the last whole round, or in this one, where that has come to more. */
  checkpoints: Count,
  findings: Count,
})
export type IntegrityCheck = z.infer<typeof IntegrityCheck>

/** Names a finding for as long as it stands: what it says may change. */
export function keyOf({ object, key, run }: Pick<Finding, 'object' | 'key' | 'run'>): string {
  return `${object} ${key}${run === null ? '' : ` of ${run}`}`
}

/** What a finding is of where the journal is not what was anchored once. */
export const ofAnchor = { object: 'journal', key: 'anchor' } as const

export function isOfAnchor({ object, key }: Finding): boolean {
  return object === ofAnchor.object && key === ofAnchor.key
}

/** What is damaged, with what the anchors say of the store: whoever walks through it knows of the one beside it alone. */
export function withAlarm(findings: readonly Finding[], alarm: Failure | null): readonly Finding[] {
  if (alarm === null || findings.some(isOfAnchor)) return findings
  return [{ ...ofAnchor, detail: alarm.message, run: null, nearest: null }, ...findings]
}

/** A finding as it is kept among errors: what is wrong, what it means, and the way out. */
export function failureOf(finding: Finding): Failure {
  const { object, key, detail } = finding
  return { class: 'corruption', name: 'StoreDamaged', message: `${object} ${key}: ${detail}`, wayOut: wayOutOf(finding) }
}

function wayOutOf(finding: Finding): string {
  if (isOfAnchor(finding)) return `${backup}; ${asItIs}`
  if (finding.isPast) return `its run has gone on without it; to have it again, ${backup}`
  const { run, nearest } = finding
  const back = run === null || nearest === null ? undefined : wayBack(finding, nearest)
  return back === undefined ? backup : `${back}${isOfRevision(finding) ? '' : ', the newest that is whole'}, or ${backup}`
}

/** How a run is sent back past what is damaged; undefined where it cannot be. */
export function wayBack(of: Pick<Finding, 'object'>, nearest: number): string | undefined {
  if (isOfRevision(of)) return `go back to checkpoint ${nearest} with the present definition, where that is another one`
  return isLeftBehind(of) ? `go back to checkpoint ${nearest}` : undefined
}

/** What a run that goes back leaves behind. Its control rows it needs wherever it goes on, all of them. */
const leftBehind: ReadonlySet<string> = new Set(['checkpoint', 'keyframe', 'value'])

/** The run that can have on record itself that this is damaged, or null: without its control rows a run can neither be read nor written. */
export function toldByRun(finding: Finding): RunId | null {
  const { object, run, nearest, isPast } = finding
  // It is not set aside for what it has gone on without.
  if (isPast) return null
  // Nor without the manifest that it pins: then nothing of it is said to be whole.
  return isLeftBehind(finding) || object === 'journal' || (isOfRevision(finding) && nearest !== null) ? run : null
}

/** Whether it is the code that a run pins: that is left behind by going on with other code alone. */
export function isOfRevision({ object }: Pick<Finding, 'object'>): boolean {
  return object === 'revision'
}

/** Whether a run that goes back leaves what is damaged behind. */
export function isLeftBehind({ object }: Pick<Finding, 'object'>): boolean {
  return leftBehind.has(object)
}

/** The runs of findings that can go back as far as they are whole, each with the checkpoint; not those that have gone on without what is damaged. */
export function goBackTo(findings: readonly Finding[]): Map<RunId, number> {
  const found = new Map<RunId, number>()
  for (const { run, nearest, isPast } of findings) if (run !== null && nearest !== null && !isPast) found.set(run, nearest)
  for (const finding of findings) if (finding.run !== null && !isLeftBehind(finding)) found.delete(finding.run)
  return found
}

/** The runs of which the code that they pin is damaged and nothing else, each with the checkpoint from which they can go on with other code. */
export function onOtherCode(findings: readonly Finding[]): readonly (readonly [RunId, number])[] {
  const kept = new Set(findings.flatMap((finding) => (isOfRevision(finding) ? [] : [finding.run])))
  return findings.filter(isOfRevision).flatMap(({ run, nearest }) => (run !== null && nearest !== null && !kept.has(run) ? [[run, nearest] as const] : []))
}

/** The way out where the run cannot go back to before what is damaged. */
export const backup = 'bring back a backup of the store from before'

/** How a person says that a store is to be taken for what it should be. */
export const asItIs = 'to go on with it as it is, stop the host, back it up, and bring that backup back'

/** The settings of a workspace as they are shown: what is in force, where it comes from, and what is wrong with the file. */
import { z } from 'zod'
import { Instant } from '../ids.ts'
import { Json } from '../json.ts'

const Line = z.int().positive()

/** Something in the file, said with the way out. */
export const Fault = z.object({ line: Line, message: z.string() })
export type Fault = z.infer<typeof Fault>

/** How far a setting can be said in particular: for all alone, of a workflow too, of a step too. */
export const Reach = z.enum(['all', 'workflow', 'step'])
export type Reach = z.infer<typeof Reach>

/** When a setting that was changed takes effect: with the next turn of each run, or when a host starts. */
export const Takes = z.enum(['now', 'start'])
export type Takes = z.infer<typeof Takes>

/** What is said of all, or in particular of a workflow, or of a step of one. */
const of = { workflow: z.string().nullable(), step: z.string().nullable() }

/** What stands in the place of a value that is not shown. */
export const unshown = '(not shown)'

export const Said = z.object({
  ...of,
  /** As it would be written; null where there is none. */
  value: Json,
  /** Where in the file; null where it is what goes without saying. */
  line: Line.nullable(),
  /** What the file says and the next start of a host takes; left out where that is the same. */
  next: Json.optional(),
})
export type Said = z.infer<typeof Said>

export const Setting = z.object({
  /** Like `detection.loops.window`. */
  key: z.string(),
  meaning: z.string(),
  /** What may be written, in words. */
  wants: z.string(),
  usual: Json,
  reach: Reach,
  takes: Takes,
  /** First what is said of all, then of workflows and steps that have their own. */
  said: z.array(Said).min(1),
})
export type Setting = z.infer<typeof Setting>

export const PolicyView = z.object({
  file: z.string(),
  /** Since when this is in force. */
  since: Instant,
  settings: z.array(Setting),
  /** What the sections of the file are about, by their key. */
  sections: z.record(z.string(), z.string()),
  /** What is wrong with the file as it stands now; null where it is in force. */
  refused: z.object({ at: Instant, faults: z.array(Fault).min(1) }).nullable(),
  /** What the file says of workflows and steps that are not here, and resources that these want more of than there is; null where it is not known which are, or the file is wrong. */
  strangers: z.array(Fault).nullable(),
})
export type PolicyView = z.infer<typeof PolicyView>

/** What another file says otherwise. `from` or `to` is left out where nothing was, or is, said in particular. */
export const PolicyChange = z.object({ key: z.string(), ...of, from: Json.optional(), to: Json.optional(), takes: Takes })
export type PolicyChange = z.infer<typeof PolicyChange>

/** What is said of a setting for a workflow, in particular or with all; undefined where there is no such setting. */
export function saidFor({ settings }: Pick<PolicyView, 'settings'>, key: string, of: string): Json | undefined {
  const said = settings.find((setting) => setting.key === key)?.said ?? []
  const own = said.find(({ workflow, step }) => workflow === of && step === null)
  return (own ?? said.find(({ workflow }) => workflow === null))?.value
}

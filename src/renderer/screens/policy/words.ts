import type { Json } from '../../../model/json.ts'
import type { PolicyChange, PolicyView, Reach, Said, Setting } from '../../../model/policy/policy-view.ts'

/** A value as it would be written in the file. */
export function written(value: Json): string {
  if (value === null || (typeof value === 'object' && Object.keys(value).length === 0)) return 'none'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Whose value it is, where it is of no more than a workflow or a step. */
export function whose({ workflow, step }: Pick<Said, 'workflow' | 'step'>): string | undefined {
  if (workflow === null) return undefined
  return step === null ? workflow : `${workflow} › ${step}`
}

/** What was changed, in one line. */
export function changeWords(changes: readonly PolicyChange[]): string {
  const [first] = changes
  if (first === undefined) return 'cairn.config.yaml is right again, and says what is in force'
  const others = changes.length > 1 ? `, and ${changes.length - 1} more` : ''
  return `Policy changed: ${oneChange(first)}${others}`
}

function oneChange({ key, from, to, takes, ...of }: PolicyChange): string {
  const particular = whose(of)
  const place = particular === undefined ? key : `${key} of ${particular}`
  const words = `${place}, ${from === undefined ? 'as for all' : written(from)} → ${to === undefined ? 'as for all' : written(to)}`
  return takes === 'start' ? `${words}, from the next start on` : words
}

export const reachWords: Readonly<Record<Exclude<Reach, 'all'>, string>> = {
  workflow: 'May be said for a workflow',
  step: 'May be said for a workflow or a step',
}

export interface Section {
  /** As it stands at the top of the file. */
  readonly name: string
  /** Left out where it is a setting itself. */
  readonly meaning?: string
  readonly settings: readonly Setting[]
}

/** The settings by the sections of the file: those that have each word of `sought`, and of them all, or those alone that are written. */
export function sectionsIn({ settings, sections }: PolicyView, sought: string, isNarrowed: boolean): readonly Section[] {
  const shown = settings.filter((setting) => has(setting, sought) && (!isNarrowed || isWritten(setting)))
  const names = [...new Set(shown.map(({ key }) => sectionOf(key)))]
  return names.map((name) => {
    const meaning = sections[name]
    const within = shown.filter(({ key }) => sectionOf(key) === name)
    const isSaidBelow = within.some(({ key }) => key === name)
    return { name, ...(meaning !== undefined && !isSaidBelow && { meaning }), settings: within }
  })
}

function isWritten({ said }: Setting): boolean {
  return said.some(({ line, next }) => line !== null || next !== undefined)
}

function has({ key, meaning, said }: Setting, sought: string): boolean {
  const text = [key, meaning, ...said.map((each) => whose(each) ?? '')].join(' ').toLowerCase()
  return sought
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

function sectionOf(key: string): string {
  return key.split('.')[0] ?? key
}

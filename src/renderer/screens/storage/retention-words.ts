import type { RetentionPlan, RetentionRule, StayReason } from '../../../model/retention.ts'

export const ruleWords: Readonly<Record<RetentionRule, string>> = {
  runs: 'more runs than max_runs',
  age: 'ended longer ago than max_age',
  size: 'beyond max_size',
}

const why: Readonly<Record<StayReason, string>> = {
  kept: 'a person keeps it',
  damaged: 'damage was found of it',
  replayed: 'a replay of it has not ended',
}

/** Why those stay that are named, each reason once. */
export function whyWords(staying: RetentionPlan['staying']): string {
  return [...new Set(staying.map((run) => why[run.why]))].join(', or ')
}

export function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`
}

import type { Instant, RunId } from '../ids.ts'
import type { RunSummary } from '../views.ts'
import { folded, searched } from './folded.ts'
import { amountInterval, isWithin, timeInterval } from './intervals.ts'
import { type AmountTerm, anyRun, type Asked, type Term, type TimeTerm, type WordTerm } from './terms.ts'

/**
 * Whether a run is among those that a query finds, as far as its summary tells. `unknown` is what only the values of
 * the run can tell: text that no name, id or failure holds, and the tries of a run from before they were counted.
 */
export function matches({ terms, now }: Asked, run: RunSummary): boolean | 'unknown' {
  let answer: boolean | 'unknown' = true
  for (const term of terms) {
    const found = alternative(term, run, now)
    if (found === term.not) return false
    if (found === 'unknown') answer = 'unknown'
  }
  return answer
}

function alternative(term: Term, run: RunSummary, now: Instant): boolean | 'unknown' {
  switch (term.field) {
    case 'status':
      return term.any.some(({ status, waiting }) => {
        return status === run.status && (waiting === null || waiting === run.waiting)
      })
    case 'version':
    case 'attempts':
    case 'duration':
      return anyAmount(term, run, now)
    case 'started':
    case 'ended':
      return anyTime(term, run, now)
    case 'text':
      return term.any.some((text) => isNamed(text, run)) || 'unknown'
    case 'workflow':
    case 'step':
    case 'error':
    case 'id':
    case 'replay':
    case 'parent':
    case 'correlation':
      return anyWord(term.field, term.any, run)
  }
}

function anyAmount({ field, any }: AmountTerm, run: RunSummary, now: Instant): boolean | 'unknown' {
  const lets = (value: number): boolean => any.some((amount) => isWithin(amountInterval(amount), value))
  switch (field) {
    case 'version':
      return lets(run.workflowVersion)
    case 'duration':
      return lets(Math.max(0, (run.endedAt ?? now) - run.createdAt))
    case 'attempts':
      return run.attempts === null ? 'unknown' : lets(run.attempts)
  }
}

function anyTime({ field, any }: TimeTerm, run: RunSummary, now: Instant): boolean {
  const at = field === 'started' ? run.createdAt : run.endedAt
  return at !== null && any.some((time) => isWithin(timeInterval(time, now), at))
}

function anyWord(field: Exclude<WordTerm['field'], 'text'>, any: readonly string[], run: RunSummary): boolean {
  switch (field) {
    case 'workflow':
    case 'correlation':
      return any.some((word) => run[field] === word)
    case 'step':
      return any.some((word) => run.at.some((step) => step === word))
    case 'id':
      return any.some((word) => isOfId(word, run.id))
    case 'replay':
      return any.some((word) => run.origin !== null && (word === anyRun || isOfId(word, run.origin.run)))
    case 'parent':
      return any.some((word) => run.parent !== null && (word === anyRun || isOfId(word, run.parent.run)))
    case 'error':
      return any.some((word) => isFailure(word, run))
  }
}

function isOfId(word: string, id: RunId): boolean {
  return id.startsWith(word.toUpperCase()) || id.endsWith(word.toUpperCase())
}

function isFailure(word: string, { failure }: RunSummary): boolean {
  if (failure === null) return false
  const wanted = folded(word)
  return failure.class === wanted || searched(failure.name) === wanted || searched(failure.message).includes(wanted)
}

function isNamed(text: string, { id, workflow, failure }: RunSummary): boolean {
  const names = [id, workflow, failure?.name ?? '', failure?.message ?? '']
  return names.some((name) => searched(name).includes(folded(text)))
}

/**
 * Runs that are taken out of the queue, and what became of each. It goes on while other screens are shown. One at a time: the next begins
 * when this one is over.
 *
 * Invariants:
 * 1. A result is shown as it came, in its order; nothing counts as done before its result says so.
 * 2. Stopping begins no further run; those that were begun go on.
 */
import { create } from 'zustand'
import type { Api } from '../../../contract/index.ts'
import type { Letters, LetterItem, LetterResult } from '../../../contract/dead-letters.ts'
import type { LetterOutcome } from '../../../model/dead-letter.ts'

export type Verb = 'drain' | 'discard'

export interface Taking {
  readonly verb: Verb
  /** Null before it is known. */
  readonly total: number | null
  readonly results: readonly LetterResult[]
  readonly phase: 'under way' | 'stopped' | 'finished' | 'broken'
  /** Why it broke off; null where it did not. */
  readonly trouble: string | null
}

export const useTaking = create<{ readonly taking: Taking | null }>()(() => ({ taking: null }))

let stopping = new AbortController()

export async function take(api: Api, verb: Verb, on: Letters, reason: string): Promise<void> {
  stopping = new AbortController()
  const { signal } = stopping
  useTaking.setState({ taking: { verb, total: null, results: [], phase: 'under way', trouble: null } })
  try {
    const items = await (verb === 'drain' ? api.deadLetters.drain({ on, note: reason === '' ? null : reason }, { signal }) : api.deadLetters.discard({ on, reason }, { signal }))
    for await (const item of items) change(after(item))
  } catch (error) {
    if (!signal.aborted) change((now) => ({ ...now, phase: 'broken', trouble: error instanceof Error ? error.message : String(error) }))
  }
}

export function stop(): void {
  stopping.abort()
  change((now) => (now.phase === 'under way' ? { ...now, phase: 'stopped' } : now))
}

export function closeTaking(): void {
  stop()
  useTaking.setState({ taking: null })
}

function after(item: LetterItem): (now: Taking) => Taking {
  switch (item.type) {
    case 'planned':
      return (now) => ({ ...now, total: item.total })
    case 'result':
      return (now) => ({ ...now, results: [...now.results, item] })
    case 'finished':
      return (now) => ({ ...now, phase: 'finished' })
  }
}

function change(to: (taking: Taking) => Taking): void {
  useTaking.setState(({ taking }) => ({ taking: taking === null ? null : to(taking) }))
}

const good: ReadonlySet<LetterOutcome> = new Set<LetterOutcome>(['recovered', 'discarded'])

export function wentWell({ outcome }: LetterResult): boolean {
  return good.has(outcome)
}

/** What the address of the runs screen says: which runs, in what order, by which view. */
import { z } from 'zod'
import { RunSort } from '../../../model/found-runs.ts'
import { longestQuery } from '../../../model/query/parse.ts'

export const newestFirst: RunSort = { by: 'started', descending: true }

/** `ended`, or `-ended` where the latest stands first. */
export function writeSort({ by, descending }: RunSort): string {
  return `${descending ? '-' : ''}${by}`
}

/** The sort that a text names; any other text is the usual one. */
export function readSort(text: string | undefined): RunSort {
  const descending = text?.startsWith('-') === true
  const read = RunSort.safeParse({ by: text?.slice(descending ? 1 : 0), descending })
  return read.success ? read.data : newestFirst
}

/** The router reads `?query=17` as a number; here it is a text. */
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String)

export const RunsSearch = z.object({
  query: text.pipe(z.string().max(longestQuery)).optional().catch(undefined),
  sort: text.optional().catch(undefined),
  view: text.optional().catch(undefined),
})
export type RunsSearch = z.infer<typeof RunsSearch>

/** Which runs are listed, and in what order. */
export interface Asking {
  readonly query: string
  readonly sort: RunSort
}

export function askingOf({ query, sort }: RunsSearch): Asking {
  return { query: query ?? '', sort: readSort(sort) }
}

/** As it stands in the address: what is usual is left out. */
export function searchOf({ query, sort }: Asking, view: string | undefined): RunsSearch {
  const written = writeSort(sort)
  return {
    query: query === '' ? undefined : query,
    sort: written === writeSort(newestFirst) ? undefined : written,
    view,
  }
}

export function sameAsking(a: Asking, b: Asking): boolean {
  return a.query === b.query && writeSort(a.sort) === writeSort(b.sort)
}

/** A key under which something is kept for one list. */
export const keyOf = ({ query, sort }: Asking): string => `${writeSort(sort)} ${query}`

/**
 * A page of what happened, always oldest first: the entries after a position, from the very beginning where neither end
 * is given, or the newest ones before a position. A position behind the end of the journal asks for the newest of all.
 */
import { Position } from '../model/entry.ts'
import { limit } from './streams.ts'

export const journalPage = { after: Position.optional(), before: Position.optional(), limit }

interface Ends {
  readonly after?: Position | undefined
  readonly before?: Position | undefined
}

export const hasOneEnd = ({ after, before }: Ends): boolean => after === undefined || before === undefined

export const twoEnds = { path: ['before'], error: 'a page goes on after a position or before one: give only one of the two' }

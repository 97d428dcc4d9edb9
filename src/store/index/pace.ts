/** How far the index is behind the journal, and when it follows. */
import type { Millis } from '../../model/ids.ts'

/**
 * Entries that are followed between two requests, and before an answer. While the index is made from nothing, whoever asks
 * after the first waits for one slice that is under way and one of its own, and is answered as of there.
 */
export const slice = 1_000

/** Entries that are left to the next question: a run that moved ten times since is read once. */
export const worthFollowing = 200

/** Entries that are left at most, and that whoever begins to look waits for: following them takes the thread about a second. */
export const mostLeft = 20_000

/** Where no more than `few` entries have come within so long, the processors have time for what is new though nobody looks. */
export const rest: Millis = 100
export const few = 50

/** Whoever asked within so long looks: a screen that follows what happens asks more often than that. */
export const looking: Millis = 10_000

/**
 * Entry of the thread that copies the WAL. Questions are another's: no copy waits for an answer, and a thread that takes so little to
 * start is at work a moment after it is first asked.
 */
import { answerer } from '../thread/answerer.ts'
import { answerEach } from '../thread/answer-each.ts'
import { bringHome } from './bring-home.ts'

export interface Copying {
  /** Copies what the WAL of a store's file holds into it. */
  copy(file: string): void
  close(): void
}

answerEach(answerer<Copying>(() => ({ copy: bringHome, close: () => undefined })))

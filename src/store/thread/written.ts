import { z } from 'zod'

/**
 * An answer in writing: between threads, the text of a long one takes a fraction of what all of its parts take, one by one. Whoever
 * asked for it reads it.
 */
export interface Written<T> {
  /** JSON of what is answered. */
  readonly text: string
  /** Nothing stands here: it tells one kind of answer from another. */
  readonly of?: T
}

export function written<T>(answer: T): Written<T> {
  return { text: JSON.stringify(answer) }
}

export function readWritten<T>({ text }: Written<T>): T {
  return z.custom<T>().parse(JSON.parse(text))
}

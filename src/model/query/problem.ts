import type { Span } from './tokens.ts'

/** What is wrong with a piece of a query, and the way out. */
export interface Problem {
  readonly span: Span
  readonly message: string
  readonly wayOut: string
  /** What to write at the span, where one thing is likely meant. */
  readonly instead: string | null
}

/** What is wrong with one value, before anybody knows where it stands. */
export class Wrong {
  readonly message: string
  readonly wayOut: string
  readonly instead: string | null

  constructor(message: string, wayOut: string, instead: string | null = null) {
    this.message = message
    this.wayOut = wayOut
    this.instead = instead
  }
}

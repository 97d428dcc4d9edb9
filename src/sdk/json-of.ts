type Atom = string | number | boolean | null | undefined

type NoJson =
  | bigint
  | symbol
  | ((...given: never[]) => unknown)
  | Date
  | RegExp
  | Promise<unknown>
  | ReadonlyMap<unknown, unknown>
  | ReadonlySet<unknown>
  | ArrayBuffer
  | ArrayBufferView

/**
 * The type itself where JSON carries its values unchanged, and `never` at each place where it does not: a Date would
 * come back as text, a Map empty. `unknown` passes; its values are checked when they are there.
 */
export type JsonOf<T> = T extends Atom
  ? T
  : T extends NoJson
    ? never
    : T extends object
      ? { [K in keyof T]: JsonOf<T[K]> }
      : T

/** What is stored of an answer: null where a handler returns nothing. */
export type Stored<T> = T extends void | undefined ? null : T

import type { IdOf, OutputOf, Shape } from './shape.ts'

/** What an approval may let a person edit: the output of a step before it, or a path into it. */
export type Editable<S extends Shape, Before extends IdOf<S>> = {
  [K in Before]: K | `${K}.${PathInto<OutputOf<S, K>>}`
}[Before]

/** Paths into a value: `subject`, `sections.0.title`. Five names deep they are known, below that they are free. */
type PathInto<T, Depth extends readonly 0[] = []> = unknown extends T
  ? string
  : Depth['length'] extends 5
    ? string
    : T extends readonly (infer Item)[]
      ? Below<`${number}`, Item, Depth>
      : T extends object
        ? { [K in keyof T & string]: Below<K, T[K], Depth> }[keyof T & string]
        : never

type Below<Name extends string, T, Depth extends readonly 0[]> = Name | `${Name}.${PathInto<T, [...Depth, 0]>}`

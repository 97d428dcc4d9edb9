import type { StepDefinition } from '../../../sdk/definition.ts'

export type StepKind = StepDefinition['kind']
type StepMap = { readonly [K in StepKind]: Extract<StepDefinition, { kind: K }> }

/** The step definition of a kind. */
export type StepOf<K extends StepKind> = StepMap[K]

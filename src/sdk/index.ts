/** What a workflow author imports as `cairn`. */
export { z } from 'zod'
export { workflow } from './workflow.ts'
export { PermanentError, TransientError, type ErrorDetails } from './errors.ts'
export type { Duration } from '../model/duration.ts'
export type { Json } from '../model/json.ts'
export type { Log, Message, RetryOptions, SentMail } from './definition.ts'
export type { Approved, MigratedState, WorkflowOptions } from './options.ts'
export type { WorkflowBuilder } from './workflow-builder.ts'

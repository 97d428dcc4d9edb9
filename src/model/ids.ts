import { z } from 'zod'

const ulidForm = /^[0-9A-HJKMNP-TV-Z]{26}$/
const ulid = z.string().regex(ulidForm, 'a ULID of 26 characters')
const digits = /^[0-9a-f]{64}$/
const sha256 = z.string().regex(digits, 'a SHA-256 in 64 hexadecimal digits')
const stepName = /^[a-zA-Z][a-zA-Z0-9_-]{0,63}$/

export const RunId = ulid.brand<'RunId'>()
export type RunId = z.infer<typeof RunId>

/** The same at a tenth of what it costs to ask the schema: checkpoints name them by the thousand. */
export const isRunId = (text: string): text is RunId => ulidForm.test(text)

export const DecisionId = ulid.brand<'DecisionId'>()
export type DecisionId = z.infer<typeof DecisionId>

export const ErrorId = ulid.brand<'ErrorId'>()
export type ErrorId = z.infer<typeof ErrorId>

/** A run and its replays share a lineage: one salt, and later one data key. */
export const LineageId = ulid.brand<'LineageId'>()
export type LineageId = z.infer<typeof LineageId>

/** Carried into every journal entry, log line and outside call that one start leads to. */
export const CorrelationId = z.string().min(1).max(200).brand<'CorrelationId'>()
export type CorrelationId = z.infer<typeof CorrelationId>

export const WorkflowName = z
  .string()
  .regex(/^[a-z][a-zA-Z0-9-]{0,63}$/, 'a name like outreach-email: a small letter, then letters, digits or hyphens, 64 at most')
  .brand<'WorkflowName'>()
export type WorkflowName = z.infer<typeof WorkflowName>

export const StepId = z
  .string()
  .regex(stepName, 'a step id like sendLater: a letter, then letters, digits, _ or -, 64 at most')
  .brand<'StepId'>()
export type StepId = z.infer<typeof StepId>

/** As `isRunId` is. */
export const isStepId = (text: string): text is StepId => stepName.test(text)

/** SHA-256 of a bundle: what a run pins. */
export const RevisionHash = sha256.brand<'RevisionHash'>()
export type RevisionHash = z.infer<typeof RevisionHash>

/** SHA-256(salt, RFC 8785 bytes) of a value. */
export const Address = sha256.brand<'Address'>()
export type Address = z.infer<typeof Address>

/** As `isRunId` is. */
export const isAddress = (text: string): text is Address => digits.test(text)

export const Checksum = sha256.brand<'Checksum'>()
export type Checksum = z.infer<typeof Checksum>

/** Milliseconds since 1970, UTC. */
export const Instant = z.int().nonnegative()
export type Instant = z.infer<typeof Instant>

/** A length of time in milliseconds. */
export const Millis = z.int().nonnegative()
export type Millis = z.infer<typeof Millis>

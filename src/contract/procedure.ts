/** The one place of the contract that knows how procedures are spelled; a noun's file only says what they are. */
import { eventIterator, oc } from '@orpc/contract'
import { errors } from './errors.ts'

/** A procedure of the contract before it is given its route, input and output. */
export const procedure = oc.errors(errors)

/** The output of a procedure that goes on answering until either side ends it. */
export const stream = eventIterator

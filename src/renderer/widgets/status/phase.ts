import type { Phase } from '../../../model/step.ts'

/** What an attempt does that is not the step itself, to stand before what it is of. */
export const phaseWords: Readonly<Record<Phase, string>> = { run: '', compensate: 'undoing ', check: 'asking whether it happened: ' }

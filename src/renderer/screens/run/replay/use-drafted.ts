import { useDeferredValue, useMemo, useState } from 'react'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { DefinitionChoice } from '../../../../model/preview.ts'
import type { ReplayEdits } from '../../../../model/replay.ts'
import { useCalmly } from '../state/calm.ts'
import { stateAt } from '../state/past.ts'
import { useView } from '../state/view.ts'
import { useReplayDraft, useReplayDrafts } from './drafts.ts'
import { asGiven, type Changed, changedOf, type Editable, editablesAt, leftOut, usualReason } from './edits.ts'
import { type GoesBy, useDefinition } from './use-definition.ts'

/** What a replay from a moment is to begin with, as it is written. */
export interface Drafted {
  readonly goesBy: GoesBy
  readonly reason: string
  readonly editables: readonly Editable[]
  readonly changed: Changed
  /** Keys that were edited, but are not taken over from here. */
  readonly left: readonly string[]
  /** Undefined where they cannot be given, and until it is known what they are edits of. */
  readonly edits: ReplayEdits | undefined
  /** Whether more has been written than this says, or it is not known yet what there is to be edited. */
  readonly isBehind: boolean
  readonly setReason: (reason: string) => void
  readonly choose: (definition: DefinitionChoice) => void
}

export function useDrafted(chosen: Checkpoint): Drafted {
  const { number } = chosen
  const { id: run } = useCalmly((known) => known.run.detail.record)
  const { line: newest, detail } = useView()
  // What came before a checkpoint never changes: a run that goes on must not have what was foretold read anew.
  const [line] = useState(newest)
  const draft = useReplayDraft(run)
  const goesBy = useDefinition(chosen, draft.definition)
  const { definition, manifest } = goesBy
  const { manifest: pinned } = detail
  const editables = useMemo(() => (manifest === undefined ? [] : editablesAt(manifest, stateAt(line, number), pinned)), [manifest, pinned, line, number])
  const now = useMemo(() => changedOf(editables, draft), [editables, draft])
  // A large value is looked at once the hand rests: writing it is not held up.
  const changed = useDeferredValue(now)
  const isKnown = manifest !== undefined
  const edits = useMemo(() => (isKnown ? asGiven(changed) : undefined), [isKnown, changed])
  const { change } = useReplayDrafts.getState()
  return {
    goesBy,
    reason: draft.reason ?? usualReason(number, changed, definition),
    editables,
    changed,
    left: isKnown ? leftOut(editables, draft) : [],
    edits,
    isBehind: changed !== now || !isKnown,
    setReason: (reason) => change(run, (before) => ({ ...before, reason })),
    choose: (wished) => change(run, (before) => ({ ...before, definition: wished })),
  }
}

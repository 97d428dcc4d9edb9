import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { ReplayPreview } from '../../../../model/replay.ts'
import { type Command, useCommands } from '../../../state/commands.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { replayIcon } from '../../../widgets/replay/replay-icon.ts'
import { MomentHeader } from '../restore/moment-header.tsx'
import { useTitleOf } from '../restore/use-title-of.ts'
import { useCalmly } from '../state/calm.ts'
import { stateAt } from '../state/past.ts'
import { useView } from '../state/view.ts'
import { useReplayDraft, useReplayDrafts } from './drafts.ts'
import { EditsPart } from './edits-part.tsx'
import { asGiven, changedOf, editablesAt, leftOut, problemsOf, usualReason } from './edits.ts'
import { ReplayPreviewParts } from './replay-preview-parts.tsx'
import { useReplayPreview } from './use-replay-preview.ts'
import { useReplaying } from './use-replaying.ts'
import './replay-moment.css'

/** The button that begins a new run at a moment of this one, what is edited before, and all that this leads to. */
export function ReplayMoment({ chosen, title }: { readonly chosen: Checkpoint; readonly title: string }) {
  const { number } = chosen
  const { id: run } = useCalmly((known) => known.run.detail.record)
  const titleOf = useTitleOf()
  const { line: newest, detail } = useView()
  const { manifest } = detail
  // What came before a checkpoint never changes: a run that goes on must not have what was foretold read anew.
  const [line] = useState(newest)
  const editables = useMemo(() => editablesAt(manifest, stateAt(line, number)), [manifest, line, number])
  const draft = useReplayDraft(run)
  const now = useMemo(() => changedOf(editables, draft), [editables, draft])
  // A large value is looked at once the hand rests: writing it is not held up.
  const changed = useDeferredValue(now)
  const edits = useMemo(() => asGiven(changed), [changed])
  const foretold = useReplayPreview(number, edits)
  const { told, problem, refused } = foretold
  const isOld = foretold.isOld || changed !== now
  const { isBusy, replay } = useReplaying()
  const reason = draft.reason ?? usualReason(number, changed)
  const wrong = changed.find(([editable, edit]) => problemsOf(editable, edit).length > 0)?.[0]
  const unavailable =
    wrong !== undefined
      ? `what is written for ${wrong.name} does not fit`
      : isOld
        ? 'what it leads to is being read'
        : (problem ?? (reason.trim() === '' ? 'say why: it is kept with the new run' : undefined))
  const verb = `Replay from checkpoint ${number}`
  const press = useCallback(() => replay({ checkpoint: number, edits: edits ?? {}, reason }), [replay, number, edits, reason])
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: 'replay-moment',
        title: verb,
        section: 'Run',
        icon: replayIcon,
        keys: '$mod+Enter',
        unavailable: unavailable ?? (isBusy ? 'it is being begun' : undefined),
        asksHost: true,
        run: press,
      },
    ],
    [verb, unavailable, isBusy, press],
  )
  useCommands(commands)
  return (
    <section className="replay-moment" aria-label={verb} aria-busy={isOld}>
      <MomentHeader
        of={chosen}
        title={title}
        reason={reason}
        onReason={(text) => useReplayDrafts.getState().change(run, (before) => ({ ...before, reason: text }))}
      >
        <Button tone="primary" icon={replayIcon} keys="$mod+Enter" busy={isBusy} asksHost unavailable={unavailable} onPress={press}>
          {verb}
        </Button>
        <p className="quiet" role="status">
          {isOld && wrong === undefined ? '' : (unavailable ?? (told === undefined ? '' : inBrief(told)))}
        </p>
      </MomentHeader>
      <EditsPart run={run} editables={editables} changed={changed} left={leftOut(editables, draft)} foretold={{ ...foretold, isOld }} />
      {problem !== undefined && !isOld ? (
        <div className="padded">
          <Callout tone="failure" title={refused.length > 0 ? 'The workflow refuses it as it is edited' : 'It cannot be done now'}>
            {problem}
          </Callout>
        </div>
      ) : told === undefined ? (
        <Skeleton lines={6} height="28px" />
      ) : (
        <ReplayPreviewParts told={told} titleOf={titleOf} />
      )}
    </section>
  )
}

/** In one line what stands in full below. */
function inBrief({ reused, runs, outside }: ReplayPreview): string {
  const asked = runs.filter(({ kind }) => kind === 'approval').length
  const parts = [
    `${reused.length} not run again`,
    `${runs.length - asked} run or may run`,
    ...(asked > 0 ? [`${asked} asked anew`] : []),
    outside.length === 0 ? 'nothing to arm' : `${outside.length} to be armed before anything outside is touched`,
  ]
  return parts.join(', ')
}

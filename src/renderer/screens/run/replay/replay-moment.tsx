import { useCallback, useMemo } from 'react'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { Failure } from '../../../../model/failure.ts'
import type { ReplayPreview } from '../../../../model/replay.ts'
import { type Command, useCommands } from '../../../state/commands.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { replayIcon } from '../../../widgets/replay/replay-icon.ts'
import { DefinitionPart } from '../restore/definition-part.tsx'
import { MomentHeader } from '../restore/moment-header.tsx'
import { RefusedCallout } from '../restore/refused-callout.tsx'
import { useTitlesIn } from '../restore/use-title-of.ts'
import { useCalmly } from '../state/calm.ts'
import { EditsPart } from './edits-part.tsx'
import { problemsOf, refusalsAt } from './edits.ts'
import { ReplayPreviewParts } from './replay-preview-parts.tsx'
import { useDrafted } from './use-drafted.ts'
import { useReplayPreview } from './use-replay-preview.ts'
import { useReplaying } from './use-replaying.ts'
import './replay-moment.css'

/** The button that begins a new run at a moment of this one, what is edited before, and all that this leads to. */
export function ReplayMoment({ chosen, title }: { readonly chosen: Checkpoint; readonly title: string }) {
  const { number } = chosen
  const { id: run } = useCalmly((known) => known.run.detail.record)
  const { goesBy, reason, editables, changed, left, edits, isBehind, setReason, choose } = useDrafted(chosen)
  const { definition } = goesBy
  const foretold = useReplayPreview(number, goesBy, edits)
  const { told, problem, refused } = foretold
  const titleOf = useTitlesIn(told)
  const isOld = foretold.isOld || isBehind
  const { isBusy, replay } = useReplaying()
  const wrong = changed.find(([editable, edit]) => problemsOf(editable, edit).length > 0)?.[0]
  // What is refused of an edit stands at its field.
  const unplaced = refused.filter((each) => changed.every(([editable]) => refusalsAt(editable, [each]).length === 0))
  const unavailable =
    wrong !== undefined
      ? `what is written for ${wrong.name} does not fit`
      : isOld
        ? 'what it leads to is being read'
        : (problem ?? (reason.trim() === '' ? 'say why: it is kept with the new run' : undefined))
  const verb = `Replay from checkpoint ${number}`
  const revision = told?.revision.hash
  const press = useCallback(
    () => replay({ checkpoint: number, definition, revision, edits: edits ?? {}, reason }),
    [replay, number, definition, revision, edits, reason],
  )
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
      <MomentHeader of={chosen} title={title} reason={reason} onReason={setReason}>
        <DefinitionPart present={goesBy.present} definition={definition} onChoose={choose} />
        <Button tone="primary" icon={replayIcon} keys="$mod+Enter" busy={isBusy} asksHost unavailable={unavailable} onPress={press}>
          {verb}
        </Button>
        <p className="quiet" role="status">
          {isOld && wrong === undefined ? '' : (unavailable ?? (told === undefined ? '' : inBrief(told)))}
        </p>
      </MomentHeader>
      <EditsPart run={run} editables={editables} changed={changed} left={left} foretold={{ ...foretold, isOld }} migrated={goesBy.migrated} />
      {problem !== undefined && !isOld ? (
        <RefusedCallout title={troubleOf(refused, unplaced)} problem={problem} refused={unplaced} />
      ) : told === undefined ? (
        <Skeleton lines={6} height="28px" />
      ) : (
        <ReplayPreviewParts told={told} titleOf={titleOf} />
      )}
    </section>
  )
}

function troubleOf(refused: readonly Failure[], unplaced: readonly Failure[]): string {
  if (refused.length === 0) return 'It cannot be done now'
  return unplaced.length > 0 ? 'It cannot be replayed like this' : 'The workflow refuses it as it is edited'
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

import { History } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import type { DefinitionChoice } from '../../../../model/preview.ts'
import { reasonToRestore } from '../../../../model/reason-to-restore.ts'
import { type Command, useCommands } from '../../../state/commands.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { useView } from '../state/view.ts'
import { DefinitionPart } from './definition-part.tsx'
import { MomentHeader } from './moment-header.tsx'
import { PreviewParts } from './preview-parts.tsx'
import { RefusedCallout } from './refused-callout.tsx'
import { useRestoring } from './restoring.tsx'
import { usePresent } from './use-present.ts'
import { usePreview } from './use-preview.ts'
import { useTitlesIn } from './use-title-of.ts'
import { verbOf } from './wish.ts'

/** The button that sends the run back to a moment, and all that this leads to. */
export function RestoreMoment({ chosen, title }: { readonly chosen: Checkpoint; readonly title: string }) {
  const { number } = chosen
  const { branches } = useView()
  const present = usePresent(chosen)
  const [definition, setDefinition] = useState<DefinitionChoice>('pinned')
  const { preview, problem, refused, isOld } = usePreview(number, definition)
  const titleOf = useTitlesIn(preview)
  const { isBusy, restore } = useRestoring()
  const [written, setWritten] = useState<string>()
  const reason = written ?? (preview === undefined ? '' : reasonToRestore(preview, titleOf))
  const verb = preview === undefined ? `Restore checkpoint ${number}` : verbOf(preview)
  const unavailable =
    problem ??
    (preview === undefined ? 'what it leads to is being read' : reason.trim() === '' ? 'say why: it is kept with the branch' : undefined)
  const press = useMemo(
    () => () => {
      if (preview !== undefined) restore({ checkpoint: number, definition, reason }, preview)
    },
    [restore, number, definition, reason, preview],
  )
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: 'restore-moment',
        title: verb,
        section: 'Run',
        icon: History,
        keys: '$mod+Enter',
        unavailable,
        asksHost: true,
        run: press,
      },
    ],
    [verb, unavailable, press],
  )
  useCommands(commands)
  return (
    <section className="restore-moment" aria-label={`Restore checkpoint ${number}`} aria-busy={isOld}>
      <MomentHeader
        of={chosen}
        title={title}
        reason={reason}
        onReason={setWritten}
      >
        <DefinitionPart present={present} definition={definition} onChoose={setDefinition} />
        <Button
          tone="primary"
          icon={History}
          keys="$mod+Enter"
          busy={isBusy}
          asksHost
          unavailable={unavailable}
          onPress={press}
        >
          {verb}
        </Button>
      </MomentHeader>
      {problem !== undefined ? (
        <RefusedCallout title="It cannot be done now" problem={problem} refused={refused} />
      ) : preview === undefined ? (
        <Skeleton lines={6} height="28px" />
      ) : (
        <PreviewParts preview={preview} branches={branches} titleOf={titleOf} />
      )}
    </section>
  )
}

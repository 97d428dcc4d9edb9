import { useSelect } from '../state/selection.ts'
import { useIsAtRest } from '../state/scrubbing.ts'
import { useRestedView, useView } from '../state/view.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { replayIcon } from '../../../widgets/replay/replay-icon.ts'
import { Part } from '../inspector/part.tsx'
import { MomentPassed } from '../restore/moment-header.tsx'
import { ReplayMoment } from './replay-moment.tsx'
import { ReplaysPart } from './replays-part.tsx'

/** A new run from the moment that is shown, and the ones that were begun so. */
export function ReplayTab() {
  return (
    <>
      <Moment />
      <ReplaysPart />
    </>
  )
}

function Moment() {
  const { chosen } = useView()
  const isAtRest = useIsAtRest()
  if (chosen === undefined) return <ChooseMoment />
  const title = chosen.number === 0 ? 'Run it all once more, as a new run' : `A new run from checkpoint ${chosen.number}`
  return isAtRest ? <ReplayMoment key={chosen.number} chosen={chosen} title={title} /> : <MomentPassed of={chosen} title={title} />
}

function ChooseMoment() {
  const select = useSelect()
  const { line } = useRestedView()
  const newest = line.at(-1)?.number
  return (
    <Part title="A new run from a moment of this one">
      <p className="quiet">
        Choose a checkpoint in the timeline: what had been done by then is taken over, what follows runs in a new run, with
        another input or other outputs where you want them. This run stays as it is, and nothing outside is touched before
        somebody arms it.
      </p>
      <p className="replay-from">
        <Button icon={replayIcon} onPress={() => select({ branch: undefined, checkpoint: 0 })}>
          From the beginning…
        </Button>
        {newest !== undefined && newest > 0 && (
          <Button icon={replayIcon} onPress={() => select({ branch: undefined, checkpoint: newest })}>
            From checkpoint {newest}, the newest…
          </Button>
        )}
      </p>
    </Part>
  )
}

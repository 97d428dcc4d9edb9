import { History } from 'lucide-react'
import { NotTold } from '../../../widgets/feedback/not-told.tsx'
import { useCalmly } from '../state/calm.ts'
import { useSelect } from '../state/selection.ts'
import { useIsAtRest } from '../state/scrubbing.ts'
import { useView } from '../state/view.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Part } from '../inspector/part.tsx'
import { Lineage } from './lineage.tsx'
import { MomentPassed } from './moment-header.tsx'
import { RestoreMoment } from './restore-moment.tsx'
import { Savepoints } from './savepoints.tsx'
import { ThroughParent, useParent } from './through-parent.tsx'

/** What restoring the moment that is shown leads to, beside the button that does it; and the branches of the run. */
export function RestoreTab() {
  return (
    <>
      <Moment />
      <Savepoints />
      <Lineage />
    </>
  )
}

function Moment() {
  const { chosen } = useView()
  const isAtRest = useIsAtRest()
  const parent = useParent()
  if (parent !== null) return <ThroughParent parent={parent} />
  if (chosen === undefined) return <ChooseMoment />
  const title = chosen.number === 0 ? 'Restart from the beginning' : `Go back to checkpoint ${chosen.number}`
  return isAtRest ? <RestoreMoment key={chosen.number} chosen={chosen} title={title} /> : <MomentPassed of={chosen} title={title} />
}

function ChooseMoment() {
  const select = useSelect()
  const { branches } = useView()
  const [damaged, unread] = [useCalmly((known) => known.damaged), useCalmly((known) => known.unread)]
  if (unread !== null) return <NotTold title="Its checkpoints cannot be read" error={unread} />
  const gone = branches.some(({ removed }) => removed.some(({ first }) => first === 0)) ? 'retention removed how it began' : damaged.includes(0) ? 'its first checkpoint is damaged' : undefined
  return (
    <Part title="Go back to a moment">
      <p className="quiet">
        Choose a checkpoint in the timeline, or “Run from here” at a step: what restoring it leads to stands here before
        anything is done. The branch that the run is on stays as it is.
      </p>
      <p className="restart">
        <Button icon={History} unavailable={gone} onPress={() => select({ branch: undefined, checkpoint: 0 })}>
          Restart from the beginning…
        </Button>
      </p>
    </Part>
  )
}

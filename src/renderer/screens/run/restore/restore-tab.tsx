import { History } from 'lucide-react'
import { useSelect } from '../state/selection.ts'
import { useView } from '../state/view.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Part } from '../inspector/part.tsx'
import { Lineage } from './lineage.tsx'
import { RestoreMoment } from './restore-moment.tsx'

/** What restoring the moment that is shown leads to, beside the button that does it; and the branches of the run. */
export function RestoreTab() {
  const { chosen } = useView()
  return (
    <>
      {chosen === undefined ? <ChooseMoment /> : <RestoreMoment key={chosen.number} chosen={chosen} />}
      <Lineage />
    </>
  )
}

function ChooseMoment() {
  const select = useSelect()
  return (
    <Part title="Go back to a moment">
      <p className="quiet">
        Choose a checkpoint in the timeline, or “Run from here” at a step: what restoring it leads to stands here before
        anything is done. The branch that the run is on stays as it is.
      </p>
      <p className="restart">
        <Button icon={History} onPress={() => select({ branch: undefined, checkpoint: 0 })}>
          Restart from the beginning…
        </Button>
      </p>
    </Part>
  )
}

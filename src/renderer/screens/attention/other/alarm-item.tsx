import type { Failure } from '../../../../model/failure.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { ItemPage } from '../item-page.tsx'
import { Over } from './over.tsx'

/** Something is wrong with the store as a whole. */
export function AlarmItem({ failure, isOver }: { readonly failure: Failure; readonly isOver: boolean }) {
  return (
    <ItemPage
      title="The store raised an alarm"
      line={<span>{failure.name}</span>}
      asideLabel="What this means"
      aside={
        <SidePart title="What this means">
          <p>Bytes of the store are not what was written there. What fails its check is not used for any answer; runs that depend on it are put in quarantine.</p>
        </SidePart>
      }
    >
      <Over isOver={isOver}>The alarm was dealt with.</Over>
      <FailureView failure={failure} />
    </ItemPage>
  )
}

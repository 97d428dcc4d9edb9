import type { Failure } from '../../../../model/failure.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { ItemPage } from '../item-page.tsx'
import { Over } from './over.tsx'

const damaged = {
  title: 'The store raised an alarm',
  meaning:
    'Bytes of the store are not what was written there. What fails its check is not used for any answer; runs that depend on it are put in quarantine.',
}

const unwritable = {
  title: 'Nothing can be stored now',
  meaning:
    'No step starts and nothing that is asked for is done until the store can be written again. What steps that are under way come to is kept in memory, and stored then.',
}

/** Something is wrong with the store as a whole. */
export function AlarmItem({ failure, isOver }: { readonly failure: Failure; readonly isOver: boolean }) {
  const { title, meaning } = failure.class === 'corruption' ? damaged : unwritable
  return (
    <ItemPage
      title={title}
      line={<span>{failure.name}</span>}
      asideLabel="What this means"
      aside={
        <SidePart title="What this means">
          <p>{meaning}</p>
        </SidePart>
      }
    >
      <Over isOver={isOver}>The alarm was dealt with.</Over>
      <FailureView failure={failure} />
    </ItemPage>
  )
}

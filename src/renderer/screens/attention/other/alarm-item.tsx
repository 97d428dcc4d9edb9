import type { Failure } from '../../../../model/failure.ts'
import { FailureView } from '../../../widgets/failure/failure-view.tsx'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { ItemPage } from '../item-page.tsx'
import { alarmWords } from './alarm-words.ts'
import { Over } from './over.tsx'

/** Something is wrong with the store as a whole. */
export function AlarmItem({ failure, isOver }: { readonly failure: Failure; readonly isOver: boolean }) {
  const { title, meaning } = alarmWords(failure)
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

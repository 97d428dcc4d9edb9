import type { Consequence } from '../../../../model/consequence.ts'
import { Callout } from '../../../widgets/feedback/callout.tsx'
import { OutsideList } from '../../../widgets/preview/outside-list.tsx'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import type { DecisionView } from '../../../../model/views.ts'
import { labelOf } from '../act/actions.ts'

interface ArmExplainedProps {
  readonly view: DecisionView
  readonly foreseen: readonly Consequence[] | undefined
  readonly titleOf: TitleOf
}

/** What happens outside once it is armed, and what the answers mean, in plain words. */
export function ArmExplained({ view: { decision }, foreseen, titleOf }: ArmExplainedProps) {
  const touched = foreseen?.find(({ action }) => action === 'arm')?.outside.filter(({ certain }) => certain) ?? []
  const meanings = decision.actions.flatMap(({ name }) => {
    const meaning = meaningOf[name]
    return meaning === undefined ? [] : [{ name, meaning }]
  })
  return (
    <Callout tone="attention" title="This is a replay: nothing outside happens before somebody arms it">
      {touched.length > 0 && <OutsideList outside={touched} titleOf={titleOf} />}
      {meanings.map(({ name, meaning }) => (
        <p key={name}>
          <strong>{labelOf('arm', name)}</strong>: {meaning}
        </p>
      ))}
    </Callout>
  )
}

const meaningOf: Readonly<Record<string, string>> = {
  arm: 'it happens now, in this run. Another pass of it asks again.',
  happened: 'nothing is done. You say what it would have answered, and the run goes on with that.',
  skip: 'nothing is done, and the run goes on without it.',
}

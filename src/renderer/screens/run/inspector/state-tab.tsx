import { memo, useMemo, useState } from 'react'
import type { Checkpoint, StepFact } from '../../../../model/checkpoint.ts'
import { useZone } from '../../../state/preferences.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { exactTime } from '../../../widgets/time/format.ts'
import { nameOfKey, outputOfKey } from '../../../widgets/identity/state-key.ts'
import { type HeldValue, stateAt } from '../state/past.ts'
import { useSelection } from '../state/selection.ts'
import { useView } from '../state/view.ts'
import { Disclosure } from './disclosure.tsx'
import { Part } from './part.tsx'
import { UnderWayPart } from './under-way-part.tsx'
import { StoredValue } from './stored-value.tsx'

const page = 100

/** Everything that the run held at the chosen checkpoint, or holds now; each value is read when it is opened. */
export function StateTab() {
  const zone = useZone()
  const { step } = useSelection()
  const { line, chosen: moment, detail } = useView()
  const { origin } = detail.record
  const isEdited = (key: string, { since }: HeldValue): boolean => since === 0 && origin?.edited.includes(key) === true
  const [most, setMost] = useState(page)
  const chosen = moment ?? line.at(-1)
  const { values, facts } = useMemo(() => stateAt(line, chosen?.number ?? -1), [line, chosen])
  if (chosen === undefined) return null
  const inputs = [...values].filter(([key]) => outputOfKey(key) === undefined)
  // The newest first where there are more than are shown.
  const outputs = [...values].filter(([key]) => outputOfKey(key) !== undefined)
  const shown = outputs.length > most ? outputs.slice(-most).toReversed() : outputs
  return (
    <>
      <Part
        title={<When chosen={chosen} isNow={moment === undefined} />}
        aside={<span className="quiet mono">{exactTime(chosen.at, zone)}</span>}
      >
        {inputs.map(([key, held]) => (
          <Held key={key} name={key} {...held} isEdited={isEdited(key, held)} />
        ))}
      </Part>
      <Part title="Outputs" aside={<span className="quiet">{outputs.length}</span>}>
        {outputs.length === 0 && <p className="quiet">No step had put anything out.</p>}
        {shown.map(([key, held]) => (
          <Held key={key} name={nameOfKey(key)} {...held} isEdited={isEdited(key, held)} isChosen={outputOfKey(key)?.step === step} />
        ))}
        {outputs.length > most && (
          <Button tone="quiet" onPress={() => setMost(most + page)}>
            Show more of {outputs.length - most} earlier ones
          </Button>
        )}
      </Part>
      {moment !== undefined && <UnderWayPart detail={detail} at={moment.at} />}
      <Part title="Steps">
        <table className="steps">
          <thead>
            <tr>
              <th scope="col">step</th>
              <th scope="col">stood at</th>
              <th scope="col">iteration</th>
            </tr>
          </thead>
          <tbody>
            {Object.entries(facts).map(([id, fact]) => (
              <Standing key={id} id={id} fact={fact} />
            ))}
          </tbody>
        </table>
      </Part>
    </>
  )
}

function When({ chosen: { number, step }, isNow }: { readonly chosen: Checkpoint; readonly isNow: boolean }) {
  if (isNow) return <>Now, at checkpoint {number}</>
  return (
    <>
      Checkpoint {number}
      {step !== null && ` · ${step}`}
    </>
  )
}

interface HeldProps extends HeldValue {
  readonly name: string
  /** A person wrote it anew before the replay began. */
  readonly isEdited: boolean
  readonly isChosen?: boolean
}

/** Drawn again where it is another from one moment to the next, as is each of the steps. */
const Held = memo(function Held({ name, address, since, isEdited, isChosen = false }: HeldProps) {
  return (
    <Disclosure title={name} aside={isEdited ? 'edited for the replay' : `set at checkpoint ${since}`} openAtFirst={isChosen}>
      {() => <StoredValue address={address} label={name} />}
    </Disclosure>
  )
})

const Standing = memo(function Standing({ id, fact }: { readonly id: string; readonly fact: StepFact }) {
  const { status, iteration, skipped, via } = fact
  return (
    <tr>
      <th scope="row">{id}</th>
      <td>
        {status}
        {skipped !== undefined && ` (${skipped})`}
        {via !== undefined && ` by ${via}`}
      </td>
      <td>{iteration}</td>
    </tr>
  )
})

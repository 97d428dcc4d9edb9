import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import type { Letters } from '../../../contract/dead-letters.ts'
import type { Consequence } from '../../../model/consequence.ts'
import type { DeadLetter } from '../../../model/dead-letter.ts'
import { useApi } from '../../state/client.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Modal } from '../../widgets/dialog/modal.tsx'
import { Callout } from '../../widgets/feedback/callout.tsx'
import { ReasonField } from '../../widgets/reason/reason-field.tsx'
import { labelOf } from '../attention/act/actions.ts'
import { counted } from '../attention/words.ts'
import { actionOf, drainedBy } from './groups.ts'
import { take, type Verb } from './taking.ts'

/** What is to be taken out of the queue. */
export interface Meant {
  readonly verb: Verb
  readonly on: Letters
  /** Those of them that are known here, and how many there are. */
  readonly letters: readonly DeadLetter[]
  readonly count: number
}

/** Of so many it is looked what taking them leads to. */
const foreseenAtMost = 20

/** Asks before runs are taken out of the queue: how many, what is done about them, what of that reaches outside, and why. */
export function TakeDialog({ meant: { verb, on, letters, count }, onClose }: { readonly meant: Meant; readonly onClose: () => void }) {
  const api = useApi()
  const [reason, setReason] = useState('')
  const drains = verb === 'drain'
  const title = `${drains ? 'Drain' : 'Discard'} ${counted(count, 'run')}`
  const begin = (): void => {
    void take(api, verb, on, reason.trim())
    onClose()
  }
  return (
    <Modal
      title={title}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Leave them</Button>
          <Button tone={drains ? 'primary' : 'danger'} asksHost unavailable={!drains && reason.trim() === '' ? 'say why' : undefined} onPress={begin}>
            {title}
          </Button>
        </>
      }
    >
      <div className="take-dialog">
        {drains ? <Drains letters={letters} count={count} /> : <p>Each of them fails, and what it has completed is compensated, last first. It does not come back by itself.</p>}
        <Outside verb={verb} letters={letters} />
        <ReasonField label={drains ? 'Why, kept in the journal of each run' : 'Why they are given up, kept in the journal of each run'} reason={reason} onReason={setReason} />
      </div>
    </Modal>
  )
}

function Drains({ letters, count }: { readonly letters: readonly DeadLetter[]; readonly count: number }) {
  const by = drainedBy(letters)
  return (
    <>
      <p>What is recommended is done about each, a few at a time, and what became of it is told once it is known. What fails again comes back to the queue.</p>
      <ul>
        {by.map(([action, times]) => (
          <li key={action}>
            {labelOf('dead_letter', action)}: {counted(times, 'run')}
          </li>
        ))}
        {letters.length < count && <li>{counted(count - letters.length, 'run')} more, each as is recommended for it</li>}
      </ul>
    </>
  )
}

/** What of it touches the outside world, as far as it was looked. */
function Outside({ verb, letters }: { readonly verb: Verb; readonly letters: readonly DeadLetter[] }) {
  const api = useApi()
  const looked = letters.slice(0, foreseenAtMost)
  const foreseen = useQueries({
    queries: looked.map((letter) => ({
      queryKey: ['consequences', letter.run, letter.decision.id, letter.runVersion],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const { actions } = await api.decisions.consequences({ run: letter.run, decision: letter.decision.id, note: 'to be said' }, { signal })
        return actions.find(({ action }) => action === (verb === 'discard' ? 'discard' : actionOf(letter))) ?? null
      },
      gcTime: 0,
      retry: false,
    })),
  })
  if (foreseen.some(({ isPending }) => isPending)) return <p className="quiet">What of it touches the outside world is being looked at…</p>
  const touched = touchedBy(foreseen.flatMap(({ data }) => data ?? []))
  const beyond = letters.length > looked.length ? ` It was looked at the first ${looked.length}.` : ''
  if (touched.length === 0) return <p className="quiet">Nothing of it touches the outside world.{beyond}</p>
  return (
    <Callout tone="attention" title="The outside world is touched">
      <ul>
        {touched.map(([what, times]) => (
          <li key={what}>
            {what}: {counted(times, 'run')}
          </li>
        ))}
      </ul>
      {beyond !== '' && <p>{beyond}</p>}
    </Callout>
  )
}

/** By what is done outside, in how many runs. */
function touchedBy(consequences: readonly Consequence[]): readonly (readonly [what: string, count: number])[] {
  const each = consequences.flatMap(({ outside }) => [
    ...new Set(outside.map(({ step, phase, certain }) => `${step}${phase === 'compensate' ? ' is undone' : ''}${certain ? '' : ', perhaps'}`)),
  ])
  return [...Map.groupBy(each, (what) => what)].map(([what, { length }]) => [what, length] as const)
}

import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import type { Letters } from '../../../contract/dead-letters.ts'
import { type DeadLetter, drainsBy } from '../../../model/dead-letter.ts'
import { lettersAhead, type Tally } from '../../../model/letters-ahead.ts'
import { useApi } from '../../state/client.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Modal } from '../../widgets/dialog/modal.tsx'
import { Callout } from '../../widgets/feedback/callout.tsx'
import { ReasonField } from '../../widgets/reason/reason-field.tsx'
import { labelOf } from '../attention/act/actions.ts'
import { counted } from '../../../model/counted.ts'
import { drainedBy } from './groups.ts'
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
        <Ahead verb={verb} letters={letters} />
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

/** What runs by it, and what of that touches the outside world, as far as it was looked. */
function Ahead({ verb, letters }: { readonly verb: Verb; readonly letters: readonly DeadLetter[] }) {
  const api = useApi()
  const looked = letters.slice(0, foreseenAtMost)
  const foreseen = useQueries({
    queries: looked.map((letter) => ({
      queryKey: ['consequences', letter.run, letter.decision.id, letter.runVersion],
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const { actions } = await api.decisions.consequences({ run: letter.run, decision: letter.decision.id, note: 'to be said' }, { signal })
        const consequence = actions.find(({ action }) => action === (verb === 'discard' ? 'discard' : drainsBy(letter)))
        return consequence === undefined ? null : { workflow: letter.workflow, consequence }
      },
      gcTime: 0,
      retry: false,
    })),
  })
  if (foreseen.some(({ isPending }) => isPending)) return <p className="quiet">What it leads to is being looked at…</p>
  const { runs, mayRun, undone, refused, outside } = lettersAhead(foreseen.flatMap(({ data }) => data ?? []))
  const untold = foreseen.filter(({ isError }) => isError).length
  const beyond = letters.length > looked.length ? `It was looked at the first ${looked.length}.` : ''
  return (
    <>
      <Tallies title="Runs" tallies={runs} />
      <Tallies title="May run" tallies={mayRun} />
      <Tallies title="Is undone" tallies={undone} />
      <Tallies title="Would be refused" tallies={refused} />
      {outside.length === 0 ? (
        <p className="quiet">{untold === 0 ? `Nothing of it touches the outside world. ${beyond}` : beyond}</p>
      ) : (
        <Callout tone="attention" title="The outside world is touched">
          <Counted tallies={outside} />
          {beyond !== '' && <p>{beyond}</p>}
        </Callout>
      )}
      {untold > 0 && <Callout tone="attention" title={`Of ${counted(untold, 'run')} it could not be told what it leads to`} />}
    </>
  )
}

function Tallies({ title, tallies }: { readonly title: string; readonly tallies: readonly Tally[] }) {
  if (tallies.length === 0) return null
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <Counted tallies={tallies} />
    </section>
  )
}

function Counted({ tallies }: { readonly tallies: readonly Tally[] }) {
  return (
    <ul>
      {tallies.map(({ what, runs }) => (
        <li key={what}>
          {what}: {counted(runs, 'run')}
        </li>
      ))}
    </ul>
  )
}

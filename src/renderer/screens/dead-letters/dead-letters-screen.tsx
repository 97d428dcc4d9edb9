import { FileX2, MailCheck, MailX } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../widgets/button/button.tsx'
import { Callout } from '../../widgets/feedback/callout.tsx'
import { DamagedRunsLink } from '../../widgets/feedback/damaged-runs.tsx'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { NotTold } from '../../widgets/feedback/not-told.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { counted } from '../../../model/counted.ts'
import { groupsOf } from './groups.ts'
import { GroupPanel } from './group-panel.tsx'
import { type Meant, TakeDialog } from './take-dialog.tsx'
import { TakingPanel } from './taking-panel.tsx'
import { useTaking } from './taking.ts'
import { type Queue, useLetters } from './use-letters.ts'
import './dead-letters-screen.css'

/** Runs that policy has queued for later: of what they failed, how long they have stood, and what draining each would do. */
export function DeadLettersScreen() {
  const queue = useLetters()
  const { letters = [], damaged, total, most, error, readOn } = queue
  /** Of what was not read yet, it is not known what is damaged. */
  const count = readOn === undefined ? letters.length : (total ?? 0) - damaged.length
  const [meant, setMeant] = useState<Meant>()
  const isBusy = useTaking(({ taking }) => taking?.phase === 'under way')
  const busy = isBusy ? 'others are being taken out of the queue' : undefined
  const all = (verb: Meant['verb']) => (): void => setMeant({ verb, on: { all: true }, letters, count })
  return (
    <Screen
      title="Dead letters"
      heading={
        <h1>
          Dead letters {total !== undefined && most !== undefined && total > 0 && <span className="quiet">{counted(total, 'run')} queued for later, of at most {most.toLocaleString('en')}</span>}
        </h1>
      }
      actions={
        count > 0 && (
          <>
            <Button icon={MailX} asksHost unavailable={busy} onPress={all('discard')}>
              Discard all…
            </Button>
            <Button tone="primary" icon={MailCheck} asksHost unavailable={busy} onPress={all('drain')}>
              Drain all…
            </Button>
          </>
        )
      }
    >
      <div className="dead-letters">
        {error !== null && <NotTold title="The dead-letter queue cannot be told" error={error} />}
        {total !== undefined && most !== undefined && total >= most && <Full most={most} />}
        <TakingPanel />
        <DamagedRunsLink damaged={damaged} />
        {queue.letters === undefined && error === null && <Skeleton />}
        {queue.letters !== undefined && <Groups queue={queue} busy={busy} onMeant={setMeant} />}
        {meant !== undefined && <TakeDialog meant={meant} onClose={() => setMeant(undefined)} />}
      </div>
    </Screen>
  )
}

/** Nothing is dropped: what cannot be queued is dealt with at once. */
function Full({ most }: { readonly most: number }) {
  return (
    <Callout tone="attention" title={most === 0 ? 'Nothing may be queued for later' : 'The queue is full'}>
      It takes {most.toLocaleString('en')} (<code>dead_letters.most</code>). What fails from now on is not queued: what stands behind <code>dead_letter</code> in its chain of
      recovery is done, so that a person is asked or the run fails. Drain or discard some, or set the bound higher.
    </Callout>
  )
}

interface GroupsProps {
  readonly queue: Queue
  readonly busy: string | undefined
  readonly onMeant: (meant: Meant) => void
}

function Groups({ queue: { letters = [], damaged, total = 0, readOn }, busy, onMeant }: GroupsProps) {
  if (letters.length === 0 && damaged.length > 0 && readOn === undefined) {
    return (
      <Empty icon={FileX2} title="Nothing of it can be read">
        What is queued for later is of damaged runs. Integrity says what of them is damaged, and what to do.
      </Empty>
    )
  }
  if (letters.length === 0 && readOn === undefined) {
    return (
      <Empty icon={MailCheck} title="Nothing is queued for later">
        A run comes here where its chain of recovery says dead_letter: it waits with what it has done, and calls nobody.
      </Empty>
    )
  }
  return (
    <>
      {groupsOf(letters).map((group) => (
        <GroupPanel key={group.key} group={group} busy={busy} onMeant={onMeant} />
      ))}
      {readOn !== undefined && (
        <p>
          <Button onPress={readOn}>
            Show more of {total.toLocaleString('en')}
          </Button>
        </p>
      )}
    </>
  )
}

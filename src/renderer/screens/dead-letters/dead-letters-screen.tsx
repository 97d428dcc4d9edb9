import { MailCheck, MailX } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../widgets/button/button.tsx'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { NotTold } from '../../widgets/feedback/not-told.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { counted } from '../attention/words.ts'
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
  const { letters, total, error } = queue
  const [meant, setMeant] = useState<Meant>()
  const isBusy = useTaking(({ taking }) => taking?.phase === 'under way')
  const busy = isBusy ? 'others are being taken out of the queue' : undefined
  const all = (verb: Meant['verb']) => (): void => setMeant({ verb, on: { all: true }, letters: letters ?? [], count: total ?? 0 })
  return (
    <Screen
      title="Dead letters"
      heading={
        <h1>
          Dead letters {total !== undefined && total > 0 && <span className="quiet">{counted(total, 'run')} queued for later</span>}
        </h1>
      }
      actions={
        total !== undefined &&
        total > 0 && (
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
        <TakingPanel />
        {letters === undefined && error === null && <Skeleton />}
        {letters !== undefined && <Groups queue={queue} busy={busy} onMeant={setMeant} />}
        {meant !== undefined && <TakeDialog meant={meant} onClose={() => setMeant(undefined)} />}
      </div>
    </Screen>
  )
}

interface GroupsProps {
  readonly queue: Queue
  readonly busy: string | undefined
  readonly onMeant: (meant: Meant) => void
}

function Groups({ queue: { letters = [], total = 0, readOn }, busy, onMeant }: GroupsProps) {
  if (letters.length === 0) {
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

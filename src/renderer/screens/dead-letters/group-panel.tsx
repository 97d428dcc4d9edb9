import { Link } from '@tanstack/react-router'
import { MailCheck, MailX } from 'lucide-react'
import { useState } from 'react'
import { type DeadLetter, drainsBy } from '../../../model/dead-letter.ts'
import { Button } from '../../widgets/button/button.tsx'
import { MarkedRunId } from '../../widgets/replay/marked-run-id.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { PlainTable } from '../../widgets/table/plain-table.tsx'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { Age } from '../../widgets/time/times.tsx'
import { labelOf } from '../attention/act/actions.ts'
import { counted } from '../../../model/counted.ts'
import type { LetterGroup } from './groups.ts'
import type { Meant } from './take-dialog.tsx'

/** So many runs of a group are listed before the others are asked for. */
const atFirst = 5

const columns = ['Run', 'Queued', 'Attempts', 'Draining does', <span key="details" className="unseen">Details</span>]

interface GroupPanelProps {
  readonly group: LetterGroup
  /** Why nothing can be taken now. */
  readonly busy: string | undefined
  readonly onMeant: (meant: Meant) => void
}

/** Runs that failed of the same: of what, since when, and what draining each does. */
export function GroupPanel({ group: { letters }, busy, onMeant }: GroupPanelProps) {
  const [first] = letters
  const [isOpen, setOpen] = useState(false)
  const { workflow, decision } = first
  const { step, failure } = decision
  const shown = isOpen ? letters : letters.slice(0, atFirst)
  const mean = (verb: Meant['verb']) => (): void => onMeant({ verb, on: { like: first.run }, letters, count: letters.length })
  return (
    <Panel
      title={`${step} of ${workflow}`}
      flush
      aside={
        <>
          <Button icon={MailX} asksHost unavailable={busy} onPress={mean('discard')}>
            Discard {counted(letters.length, 'run')}…
          </Button>
          <Button icon={MailCheck} asksHost unavailable={busy} onPress={mean('drain')}>
            Drain {counted(letters.length, 'run')}…
          </Button>
        </>
      }
    >
      <div className="letter-group">
        {failure !== null && (
          <p className="failure">
            <span className="class">{failure.class.replaceAll('_', ' ')}</span> <ShownText text={failure.message.split('\n', 1)[0] ?? ''} />
          </p>
        )}
        <PlainTable label={`Runs that failed at ${step} of ${workflow}`} columns={columns}>
          <tbody>
            {shown.map((letter) => (
              <Row key={letter.decision.id} letter={letter} />
            ))}
          </tbody>
        </PlainTable>
        {shown.length < letters.length && (
          <Button tone="quiet" onPress={() => setOpen(true)}>
            Show all {letters.length.toLocaleString('en')}
          </Button>
        )}
      </div>
    </Panel>
  )
}

function Row({ letter }: { readonly letter: DeadLetter }) {
  const { run, decision } = letter
  const { id, kind, openedAt, tries, recommended } = decision
  return (
    <tr>
      <td>
        <Link to="/runs/$run" params={{ run }} className="link" title={run}>
          <MarkedRunId run={run} />
        </Link>
      </td>
      <td>
        <Age at={openedAt} />
      </td>
      <td>{tries ?? ''}</td>
      <td>
        {labelOf(kind, drainsBy(letter))}
        {recommended !== null && <span className="quiet">: {recommended.why}</span>}
      </td>
      <td>
        <Link to="/attention" search={{ decision: `${run}.${id}` }} className="link">
          Look at it<span className="unseen"> : run {run}</span>
        </Link>
      </td>
    </tr>
  )
}

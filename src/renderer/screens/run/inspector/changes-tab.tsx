import { memo, useMemo } from 'react'
import { branchName } from '../../../../model/branch.ts'
import { usePaced } from '../../../state/paced.ts'
import { placeUpTo } from '../../../state/sorted.ts'
import { useZone } from '../../../state/preferences.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { markLook } from '../../../widgets/timeline/mark-look.ts'
import { MarkShape } from '../../../widgets/timeline/mark-shape.tsx'
import { exactTime } from '../../../widgets/time/format.ts'
import { CompareTab } from '../compare/compare-tab.tsx'
import { FactChanged } from '../compare/fact-changed.tsx'
import { useMoves } from '../state/moves.ts'
import { nameOfKey } from '../../../widgets/identity/state-key.ts'
import { askedAt, changesOf, type FactChange, type ValueChange } from '../state/past.ts'
import { useSelection } from '../state/selection.ts'
import { useView } from '../state/view.ts'
import { Facts } from './facts.tsx'
import { Part } from './part.tsx'
import { Places } from './places.tsx'
import { UnderWayPart } from './under-way-part.tsx'
import { StoredDiff } from './stored-diff.tsx'

/** How often the newest gives way to the next, in milliseconds. */
const pace = 1_000

/** A checkpoint, and what it changed of the one before it, or of any other. */
export function ChangesTab() {
  const { against } = useSelection()
  return against === undefined ? <Changes /> : <CompareTab against={against} />
}

function Changes() {
  const zone = useZone()
  const view = useView()
  const { branches } = view
  // Each checkpoint has values to be read and compared: the newest of them gives way at a pace.
  const calm = usePaced(view.line, pace)
  const line = view.chosen === undefined ? calm : view.line
  const chosen = view.chosen ?? line.at(-1)
  const before = chosen === undefined ? undefined : line[placeUpTo(line, chosen.number) - 1]
  const edited = view.detail.record.origin?.edited
  const changes = useMemo(() => {
    if (chosen === undefined) return undefined
    const { facts, values } = changesOf(chosen, askedAt(line, chosen.number - 1))
    const isEdited = (key: string): boolean => chosen.number === 0 && edited?.includes(key) === true
    return { facts, values: values.map((value): ShownChange => ({ ...value, isEdited: isEdited(value.key) })) }
  }, [line, chosen, edited])
  if (chosen === undefined || changes === undefined) return null
  const { number, type, step, iteration, branch, note, checksum, at } = chosen
  return (
    <>
      <Part
        title={`Checkpoint ${number}${view.isMoment ? '' : ', the newest'}`}
        aside={<Ways isFirst={number === 0} isNewest={!view.isMoment} />}
      >
        <Facts
          of={{
            taken: <span className="mono">{exactTime(at, zone)}</span>,
            type: (
              <span className="type">
                <MarkShape type={type} /> {markLook[type].word}
              </span>
            ),
            of:
              step === null
                ? 'the run'
                : iteration === null || iteration === 1
                  ? step
                  : `${step}, iteration ${iteration}`,
            note,
            branch: branchName(branches.find((each) => each.number === branch) ?? { number: branch }),
            checksum: (
              <code title={checksum}>
                {checksum.slice(0, 4)}…{checksum.slice(-4)}
              </code>
            ),
          }}
        />
      </Part>
      {changes.facts.length > 0 && (
        <Part title={before === undefined ? 'Steps' : `Steps since checkpoint ${before.number}`}>
          <ul className="changes">
            <Places of={changes.facts} as={FactLine} />
          </ul>
        </Part>
      )}
      <UnderWayPart detail={view.detail} at={at} />
      <Places of={changes.values} as={ValuePart} />
      {changes.values.length === 0 && <p className="quiet padded">No value changed at this checkpoint.</p>}
    </>
  )
}

const FactLine = memo(function FactLine({ of }: { readonly of: FactChange }) {
  return (
    <li>
      <FactChanged {...of} />
    </li>
  )
})

interface ShownChange extends ValueChange {
  /** Whether a person wrote it for the replay that begins here. */
  readonly isEdited: boolean
}

const ValuePart = memo(function ValuePart({ of }: { readonly of: ShownChange }) {
  return (
    <Part title={titleOf(of)}>
      <StoredDiff before={of.before?.address ?? null} after={of.after} label={nameOfKey(of.key)} />
    </Part>
  )
})

function titleOf({ key, before, isEdited }: ShownChange): string {
  if (isEdited) return `Edited for the replay: ${nameOfKey(key)}`
  if (before === null) return `New: ${nameOfKey(key)}`
  return before.key === key ? `Changed: ${nameOfKey(key)}` : `${nameOfKey(key)}, compared with the iteration before`
}

/** To other moments. Apart: from one moment to the next they seldom change. */
const Ways = memo(function Ways({ isFirst, isNewest }: { readonly isFirst: boolean; readonly isNewest: boolean }) {
  const moves = useMoves()
  return (
    <span className="pair">
      <Button tone="quiet" keys="v" onPress={moves.compare}>
        Compare with…
      </Button>
      <Button tone="quiet" keys="[" unavailable={isFirst ? 'this is the first' : undefined} onPress={() => moves.by({ marks: -1 })}>
        Earlier
      </Button>
      <Button tone="quiet" keys="]" unavailable={isNewest ? 'this is the newest' : undefined} onPress={() => moves.by({ marks: 1 })}>
        Later
      </Button>
    </span>
  )
})

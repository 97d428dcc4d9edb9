import { useMemo } from 'react'
import type { StepFact } from '../../../../model/checkpoint.ts'
import { usePaced } from '../../../state/paced.ts'
import { useZone } from '../../../state/preferences.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { JsonDiff } from '../../../widgets/diff/json-diff.tsx'
import { Skeleton } from '../../../widgets/feedback/skeleton.tsx'
import { markLook } from '../../../widgets/timeline/mark-look.ts'
import { MarkShape } from '../../../widgets/timeline/mark-shape.tsx'
import { exactTime } from '../../../widgets/time/format.ts'
import { useFollowed } from '../state/following.ts'
import { useMoves } from '../state/moves.ts'
import { changesOf, type FactChange, nameOfKey, stateAt, type ValueChange } from '../state/past.ts'
import { useSelection } from '../state/selection.ts'
import { Facts } from './facts.tsx'
import { Part } from './part.tsx'
import { LoadLarge, StoredValue, useStored } from './stored-value.tsx'

/** How often the newest gives way to the next, in milliseconds. */
const pace = 1_000

/** A checkpoint, and what it changed of the one before it. */
export function ChangesTab() {
  const zone = useZone()
  const moves = useMoves()
  const { checkpoint } = useSelection()
  // Each checkpoint has values to be read and compared.
  const checkpoints = usePaced(useFollowed((known) => known.checkpoints), pace)
  const chosen = checkpoints.find(({ number }) => number === checkpoint) ?? checkpoints.at(-1)
  const changes = useMemo(
    () => (chosen === undefined ? undefined : changesOf(chosen, stateAt(checkpoints, chosen.number - 1))),
    [checkpoints, chosen],
  )
  if (chosen === undefined || changes === undefined) return null
  const { number, type, step, iteration, branch, note, checksum, at } = chosen
  return (
    <>
      <Part
        title={`Checkpoint ${number}${checkpoint === undefined ? ', the newest' : ''}`}
        aside={
          <span className="pair">
            <Button
              tone="quiet"
              keys="["
              unavailable={number === 0 ? 'this is the first' : undefined}
              onPress={() => moves.by({ marks: -1 })}
            >
              Earlier
            </Button>
            <Button
              tone="quiet"
              keys="]"
              unavailable={checkpoint === undefined ? 'this is the newest' : undefined}
              onPress={() => moves.by({ marks: 1 })}
            >
              Later
            </Button>
          </span>
        }
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
            branch: branch === 0 ? 'main' : `branch ${branch}`,
            checksum: (
              <code title={checksum}>
                {checksum.slice(0, 4)}…{checksum.slice(-4)}
              </code>
            ),
          }}
        />
      </Part>
      {changes.facts.length > 0 && (
        <Part title={number === 0 ? 'Steps' : `Steps since checkpoint ${number - 1}`}>
          <ul className="changes">
            {changes.facts.map((fact) => (
              <FactLine key={fact.step} change={fact} />
            ))}
          </ul>
        </Part>
      )}
      {changes.values.map((change) => (
        <Part key={change.key} title={<ValueTitle change={change} />}>
          <ValueDiff key={change.after} change={change} />
        </Part>
      ))}
      {changes.values.length === 0 && <p className="quiet padded">No value changed at this checkpoint.</p>}
    </>
  )
}

function FactLine({ change: { step, before, after } }: { readonly change: FactChange }) {
  return (
    <li>
      <strong>{after.iteration === 1 ? step : `${step}, iteration ${after.iteration}`}</strong>{' '}
      {before !== null && (
        <>
          <del>
            {before.iteration === after.iteration
              ? standing(before)
              : `${standing(before)} in iteration ${before.iteration}`}
          </del>{' '}
          →{' '}
        </>
      )}
      <ins>{standing(after)}</ins>
    </li>
  )
}

function standing({ status, skipped, via }: StepFact): string {
  if (skipped !== undefined) return `${status} (${skipped})`
  return via === undefined ? status : `${status} by ${via}`
}

function ValueTitle({ change: { key, before } }: { readonly change: ValueChange }) {
  if (before === null) return <>New: {nameOfKey(key)}</>
  return before.key === key ? <>Changed: {nameOfKey(key)}</> : <>{nameOfKey(key)}, compared with the iteration before</>
}

function ValueDiff({ change: { key, after, before } }: { readonly change: ValueChange }) {
  const fresh = useStored(before === null ? null : after)
  const old = useStored(before?.address ?? null)
  if (before === null) return <StoredValue address={after} label={nameOfKey(key)} />
  const large = fresh.size ?? old.size
  if (large !== undefined) {
    return (
      <LoadLarge
        size={large}
        onLoad={() => {
          fresh.load()
          old.load()
        }}
      />
    )
  }
  if (fresh.value === undefined || old.value === undefined) return <Skeleton lines={3} height="20px" />
  return (
    <div className="framed">
      <JsonDiff before={old.value} after={fresh.value} label={`What changed in ${nameOfKey(key)}`} />
    </div>
  )
}

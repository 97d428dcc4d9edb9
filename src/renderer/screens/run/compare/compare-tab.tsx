import { ArrowLeftRight, X } from 'lucide-react'
import { useId, useMemo } from 'react'
import { type Branch, branchName } from '../../../../model/branch.ts'
import type { Checkpoint } from '../../../../model/checkpoint.ts'
import { usePaced } from '../../../state/paced.ts'
import { IconButton } from '../../../widgets/button/icon-button.tsx'
import { CheckpointInput } from '../../../widgets/checkpoint/checkpoint-input.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { useCalmly } from '../state/calm.ts'
import { changedKeys } from '../state/changed-keys.ts'
import { lineOf } from '../state/on-branch.ts'
import { stateAt } from '../state/past.ts'
import { useSelect } from '../state/selection.ts'
import { useView } from '../state/view.ts'
import { DifferenceList } from './difference-list.tsx'
import './compare-tab.css'

/** How often the newest gives way to the next, in milliseconds. */
const pace = 1_000

/** The moment that is shown, compared with any other: one stays, the other goes with the playhead. */
export function CompareTab({ against }: { readonly against: number }) {
  const select = useSelect()
  const { chosen, line, branches } = useView()
  const checkpoints = useCalmly((known) => known.checkpoints)
  const newest = usePaced(line.at(-1), pace)
  const shown = chosen ?? newest
  const other = checkpoints.find(({ number }) => number === against)
  const differences = useMemo(() => {
    if (shown === undefined || other === undefined) return undefined
    const at = ({ number, branch }: Checkpoint) => stateAt(lineOf(checkpoints, branches, branch), number)
    return changedKeys(at(other), at(shown))
  }, [checkpoints, branches, shown, other])
  if (shown === undefined) return null
  const swap = (): void => select({ checkpoint: against, branch: other?.branch, against: shown.number })
  return (
    <div className="compare-tab">
      <header>
        <h3>What is not the same</h3>
        <IconButton icon={ArrowLeftRight} label="The other way round" onPress={swap} />
        <IconButton icon={X} label="Compare no more" keys="v" onPress={() => select({ against: undefined })} />
      </header>
      <div className="sides">
        <Against against={against} most={checkpoints.at(-1)?.number ?? 0} />
        <span className="quiet">
          <ShownText text={other === undefined ? 'there is no such checkpoint' : momentOf(other, branches)} />
        </span>
        <span>to {shown.number}</span>
        <span className="quiet">
          <ShownText text={momentOf(shown, branches)} />
        </span>
      </div>
      {shown === other ? (
        <p className="quiet padded">
          That is one and the same checkpoint. Choose another one in the timeline, step with [ and ], or type the number of
          the one to compare with.
        </p>
      ) : (
        differences !== undefined && <DifferenceList differences={differences} />
      )}
    </div>
  )
}

function Against({ against, most }: { readonly against: number; readonly most: number }) {
  const select = useSelect()
  const id = useId()
  return (
    <span className="against">
      <label htmlFor={id}>from</label>
      <CheckpointInput
        id={id}
        label="Checkpoint to compare with"
        checkpoint={against}
        most={most}
        onCheckpoint={(checkpoint) => select({ against: checkpoint })}
      />
    </span>
  )
}

function momentOf({ branch, step, note }: Checkpoint, branches: readonly Branch[]): string {
  const on = branches.length < 2 ? [] : [branchName(branches.find(({ number }) => number === branch) ?? { number: branch })]
  return [...on, step ?? 'the run', ...(note === null ? [] : [note])].join(' · ')
}

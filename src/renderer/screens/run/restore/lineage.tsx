import { GitCompareArrows, PencilLine, Undo2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import { type Branch, branchName } from '../../../../model/branch.ts'
import type { RunRecord } from '../../../../model/run.ts'
import { useHostAway } from '../../../state/connection.ts'
import { IconButton } from '../../../widgets/button/icon-button.tsx'
import { TextDialog } from '../../../widgets/dialog/text-dialog.tsx'
import { lookOfRun } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'
import { ShownText } from '../../../widgets/text/shown-text.tsx'
import { Time } from '../../../widgets/time/times.tsx'
import { useMarking } from '../header/use-marking.ts'
import { Part } from '../inspector/part.tsx'
import { useCalmly } from '../state/calm.ts'
import { branchInWords } from '../state/on-branch.ts'
import { useSelect } from '../state/selection.ts'
import { useRestedView } from '../state/view.ts'
import { type LaneRow, lanesOf } from './lanes.ts'
import { useRestoring } from './restoring.tsx'
import { useStandingUndo } from './standing-undo.ts'
import './lineage.css'

/** Every branch of the run, the newest on top: how it began, by whom and why, and how it stands. */
export function Lineage() {
  const { branches, branch: shown } = useRestedView()
  const record = useCalmly(({ run }) => run.detail.record)
  const rows = useMemo(() => lanesOf(branches), [branches])
  const lanes = 1 + Math.max(0, ...rows.map(({ lane }) => lane))
  return (
    <Part title="Branches" aside={<span className="quiet">{branches.length}</span>}>
      <ol className="branch-lineage">
        {rows.map((row) => (
          <li key={row.branch.number} className={row.branch.number === shown ? 'chosen' : ''}>
            <Lanes row={row} lanes={lanes} />
            <BranchLine branch={row.branch} branches={branches} isShown={row.branch.number === shown} record={record} />
          </li>
        ))}
      </ol>
    </Part>
  )
}

interface BranchLineProps {
  readonly branch: Branch
  readonly branches: readonly Branch[]
  readonly isShown: boolean
  readonly record: RunRecord
}

function BranchLine({ branch, branches, isShown, record }: BranchLineProps) {
  const select = useSelect()
  const { nameBranch } = useMarking()
  const [isNamed, setNamed] = useState(false)
  const { number, from, parent, by, at, why, removed } = branch
  // The list is read when a branch begins; how the run stands since, its record says.
  const isPresent = number === record.branch
  const { head } = isPresent ? record : branch
  const look = () => select({ branch: isPresent ? undefined : number, checkpoint: undefined })
  const origin = branches.find((each) => each.number === parent)
  return (
    <>
      <button type="button" className="about" aria-pressed={isShown} onClick={look}>
        <span className="first">
          <strong className="clipped">
            <ShownText text={branchName(branch)} />
          </strong>
          <StatusBadge look={lookOfRun(isPresent ? record : branch)} />
          {isPresent && <span className="now">the run is here</span>}
        </span>
        <span className="quiet">
          {from === null ? 'started' : `from checkpoint ${from} of ${origin === undefined ? parent : branchInWords(origin)},`}{' '}
          <Time at={at} /> by <ShownText text={by.name} />
        </span>
        {removed.length > 0 && <span className="quiet">{removedWords(branch, head)}</span>}
        {why !== null && (
          <span className="why">
            <ShownText text={why} />
          </span>
        )}
      </button>
      {isPresent && <UndoRestore record={record} />}
      <IconButton
        icon={GitCompareArrows}
        label={`Compare with checkpoint ${head} of ${branchName(branch)}`}
        onPress={() => select({ against: head, tab: 'changes' })}
      />
      <IconButton icon={PencilLine} label={`Name ${branchName(branch)}`} onPress={() => setNamed(true)} />
      {isNamed && (
        <TextDialog
          title={`Name ${branchName(branch)}`}
          label="Name"
          text={branch.name ?? ''}
          most={60}
          verb="Name it"
          asksHost
          onDone={(name) => nameBranch(number, name)}
          onClose={() => setNamed(false)}
        >
          Without a name it is called by its number.
        </TextDialog>
      )}
    </>
  )
}

/** Stands beside the branch that a press goes back from; what was told as it was restored is gone after a while. */
function UndoRestore({ record: { id, branch } }: Pick<BranchLineProps, 'record'>) {
  const standing = useStandingUndo(id, branch)
  const { isBusy, undo } = useRestoring()
  const away = useHostAway()
  if (standing === undefined) return null
  const label = `Undo the restore of checkpoint ${standing.checkpoint}`
  return <IconButton icon={Undo2} label={label} keys="u" unavailable={isBusy ? 'the run is being sent back' : away} onPress={() => undo(standing)} />
}

function removedWords({ removed }: Branch, head: number): string {
  const last = removed.at(-1)?.last ?? -1
  return last >= head ? 'retention removed its checkpoints' : `retention removed its checkpoints up to ${last}`
}

/** From one line to the next, and from the left to the first; in pixels. */
const apart = 12
const inset = 7
/** Where a branch has its dot, from the top of its row. */
const dot = 16
const placeOf = (lane: number): number => inset + lane * apart

function Lanes({ row: { branch, lane, passing, arriving }, lanes }: { readonly row: LaneRow<Branch>; readonly lanes: number }) {
  const x = placeOf(lane)
  return (
    <span className="lanes" style={{ width: placeOf(lanes) }} aria-hidden>
      {passing.map((each) => (
        <span key={`p${each}`} className="line" style={{ left: placeOf(each), top: 0, bottom: 0 }} />
      ))}
      {arriving.map((each) => (
        <span key={`a${each}`} className="line" style={{ left: placeOf(each), top: 0, height: dot }} />
      ))}
      {arriving.map((each) => (
        <span key={`h${each}`} className="across" style={{ left: x, top: dot, width: placeOf(each) - x }} />
      ))}
      {branch.parent !== null && <span className="line" style={{ left: x, top: dot, bottom: 0 }} />}
      <span className={branch.isPresent ? 'dot present' : 'dot'} style={{ left: x, top: dot }} />
    </span>
  )
}

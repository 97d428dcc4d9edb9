import type { ReplayPreview } from '../../../../model/replay.ts'
import { ChildrenPart } from '../../../widgets/preview/children-part.tsx'
import { KeptPart } from '../../../widgets/preview/kept-part.tsx'
import { NextParts } from '../../../widgets/preview/next-parts.tsx'
import { OutsideList } from '../../../widgets/preview/outside-list.tsx'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import { MigrationPart } from '../restore/migration-part.tsx'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'
import { runLook } from '../../../widgets/status/look.ts'
import { StatusBadge } from '../../../widgets/status/status-badge.tsx'

const heldBack =
  'A replay touches nothing outside by itself: each of these asks a person first. What a step does without declaring it is not held back.'

interface ReplayPreviewPartsProps {
  readonly told: ReplayPreview
  readonly titleOf: TitleOf
}

/** What a replay leads to, part by part; what a person is asked for first. */
export function ReplayPreviewParts({ told, titleOf }: ReplayPreviewPartsProps) {
  const { reused, runs, outside, children, undone, renewed, becomes, migration, revision } = told
  const approvals = runs.filter(({ kind }) => kind === 'approval')
  return (
    <div className="preview-parts">
      <SidePart level={4} title="Waits to be armed" count={outside.length} tone={outside.length > 0 ? 'attention' : undefined}>
        {outside.length > 0 && (
          <OutsideList
            // All of it hangs on a person, which is said once for all.
            outside={outside.map((each) => ({ ...each, certain: true }))}
            titleOf={titleOf}
          />
        )}
        <p className="quiet">
          {outside.length === 0
            ? `No step ${children.length > 0 ? 'of its own ' : ''}that may run declares an effect on the outside world.`
            : heldBack}
        </p>
      </SidePart>
      <ChildrenPart of={children} titleOf={titleOf} level={4} title="Child runs, which wait to be armed too" />
      {approvals.length > 0 && (
        <SidePart level={4} title="Asked anew" count={approvals.length}>
          <p>{approvals.map(({ step, certain }) => `${titleOf(step)}${certain ? '' : ', perhaps'}`).join('; ')}</p>
        </SidePart>
      )}
      {migration !== null && <MigrationPart migration={migration} to={revision.version} titleOf={titleOf} level={4} />}
      <NextParts
        runs={runs.filter(({ kind }) => kind !== 'approval')}
        titleOf={titleOf}
        level={4}
        none="Nothing: all of it was done by then."
        because={({ step }) => {
          if (undone.includes(step)) return 'it was undone since'
          if (renewed.includes(step)) return 'it goes by what is edited'
          return migration?.added.includes(step) === true ? 'it is new in this definition' : undefined
        }}
      />
      <KeptPart title="Taken over, not run again" steps={reused} titleOf={titleOf} level={4} none="Nothing: it begins with the input." />
      <SidePart level={4} title="Then">
        <p>
          There is a new run of the same workflow{migration !== null && `, version ${revision.version} as it is now`}, linked to this one: <StatusBadge look={runLook[becomes]} />. This run
          stays as it is.
        </p>
      </SidePart>
    </div>
  )
}

import type { Migration } from '../../../../model/preview.ts'
import { nameOfKey } from '../../../widgets/identity/state-key.ts'
import type { TitleOf } from '../../../widgets/preview/wording.ts'
import { SidePart } from '../../../widgets/side-part/side-part.tsx'

interface MigrationPartProps {
  readonly migration: Migration
  /** The version that the run goes on with. */
  readonly to: number
  readonly titleOf: TitleOf
  readonly level: 3 | 4
}

/** What becomes of the state where the run goes on with another definition. */
export function MigrationPart({ migration, to, titleOf, level }: MigrationPartProps) {
  const { from, versions, dropped, added, notTakenBack, changed } = migration
  const steps = versions.map((version) => `version ${version}`).join(', then ')
  const way = versions.length === 0 ? 'taken over as it is: no migration is needed' : `migrated from ${steps}`
  const lines = [
    ['steps that are gone', dropped.map(titleOf)],
    ['steps that are new', added.map(titleOf)],
    ['values that change', changed.map(nameOfKey)],
  ] as const
  return (
    <SidePart level={level} title={`From version ${from} to version ${to}`} tone={notTakenBack.length > 0 ? 'attention' : undefined}>
      <p>The state is {way}.</p>
      <ul>
        {lines.map(
          ([name, each]) =>
            each.length > 0 && (
              <li key={name}>
                <span>{name}</span>
                <span className="quiet">{each.join(', ')}</span>
              </li>
            ),
        )}
      </ul>
      {notTakenBack.length > 0 && <p>Not taken back any more, whatever comes: {notTakenBack.map(titleOf).join(', ')}.</p>}
    </SidePart>
  )
}

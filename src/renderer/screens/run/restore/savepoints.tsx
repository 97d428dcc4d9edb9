import { Undo2 } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { RunRecord } from '../../../../model/run.ts'
import { passedSavepoints, type Savepoint } from '../../../../model/savepoint.ts'
import { isEnded } from '../../../../model/status.ts'
import { type Command, useCommands } from '../../../state/commands.ts'
import { Button } from '../../../widgets/button/button.tsx'
import { Part } from '../inspector/part.tsx'
import { useCalmly } from '../state/calm.ts'
import { onBranch } from '../state/on-branch.ts'
import { RollbackDialog } from './rollback-dialog.tsx'
import { useTitleOf } from './use-title-of.ts'
import { passInWords } from './wish.ts'
import './savepoints.css'

/** The savepoints that the author has named, and those of them to which the run can be rolled back. Nothing where there are none. */
export function Savepoints() {
  const detail = useCalmly(({ run }) => run.detail)
  const titleOf = useTitleOf()
  const [asked, setAsked] = useState<Savepoint>()
  const { record, manifest } = detail
  const passed = useMemo(() => {
    const { steps } = onBranch(detail, record.branch).detail
    const present = steps.filter(({ branch }) => branch === record.branch)
    return passedSavepoints(manifest.steps, (step) => present.filter((pass) => pass.step === step))
  }, [detail, record.branch, manifest])
  const unavailable = whyNot(record)
  const commands = useMemo(
    () =>
      passed.map(
        (savepoint): Command => ({
          id: `rollback-${savepoint.name}`,
          title: `Roll back to ${savepoint.name}…`,
          section: 'Run',
          icon: Undo2,
          also: 'savepoint undo compensate',
          unavailable,
          asksHost: true,
          run: () => setAsked(savepoint),
        }),
      ),
    [passed, unavailable],
  )
  useCommands(commands)
  const named = manifest.steps.flatMap(({ id, savepoint }) => (savepoint === undefined ? [] : [{ id, savepoint }]))
  if (named.length === 0) return null
  return (
    <Part title="Savepoints">
      <ul className="savepoint-list">
        {named.map(({ id, savepoint: name }) => {
          const savepoint = passed.find((each) => each.name === name)
          return (
            <li key={name}>
              <span>
                <strong>{name}</strong>
                <span className="quiet">
                  {savepoint === undefined ? `before ${titleOf(id)}` : `before ${passInWords(savepoint, titleOf)}, checkpoint ${savepoint.checkpoint}`}
                </span>
              </span>
              <Button
                icon={Undo2}
                asksHost
                unavailable={savepoint === undefined ? 'the run has not passed it' : unavailable}
                onPress={() => setAsked(savepoint)}
              >
                Roll back…
              </Button>
            </li>
          )
        })}
      </ul>
      {asked !== undefined && <RollbackDialog savepoint={asked} onClose={() => setAsked(undefined)} />}
    </Part>
  )
}

function whyNot({ status, closing }: Pick<RunRecord, 'status' | 'closing'>): string | undefined {
  if (isEnded(status)) return 'the run has ended: restore its checkpoint instead'
  if (status === 'quarantined') return 'the run is set aside until its state has been looked at'
  return closing === null ? undefined : closing.outcome === 'rolled_back' ? 'it is being rolled back already' : 'the run is being brought to its end'
}

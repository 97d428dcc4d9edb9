import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { DatabaseBackup } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { BackupFile } from '../../../contract/backups.ts'
import type { BackupProgress } from '../../../model/backup.ts'
import { useApi } from '../../state/client.ts'
import { type Command, useCommands } from '../../state/commands.ts'
import { reopening } from '../../state/desktop.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Panel } from '../../widgets/panel/panel.tsx'
import { ProgressBar } from '../../widgets/progress/progress-bar.tsx'
import { bytes } from '../../../model/bytes.ts'
import { Age } from '../../widgets/time/times.tsx'
import { backUp, useBackingUp } from './backing-up.ts'
import { BringBackDialog } from './bring-back-dialog.tsx'
import './backups-panel.css'

/** Copies of the store, and what makes another. */
export function BackupsPanel() {
  const api = useApi()
  const progress = useBackingUp(({ progress }) => progress)
  const { data } = useQuery({
    queryKey: ['backups'],
    queryFn: () => api.backups.list(),
    meta: { follows: ['host'] },
    placeholderData: keepPreviousData,
  })
  const unavailable = progress === null ? undefined : 'a backup is being made'
  const commands = useMemo(
    (): readonly Command[] => [
      {
        id: 'integrity/back-up',
        title: 'Back up the store',
        section: 'Integrity',
        icon: DatabaseBackup,
        keys: 'b',
        also: 'copy save snapshot',
        unavailable,
        asksHost: true,
        run: () => void backUp(api),
      },
    ],
    [api, unavailable],
  )
  useCommands(commands)

  return (
    <Panel
      title="Backups"
      aside={
        <Button icon={DatabaseBackup} keys="b" asksHost unavailable={unavailable} onPress={() => void backUp(api)}>
          Back up now
        </Button>
      }
    >
      <div className="backups-panel">
        {progress !== null && <Making progress={progress} />}
        {data?.backups.length === 0 && (
          <Empty icon={DatabaseBackup} title="There is no backup yet">
            Runs go on while one is made. It is verified, and kept in the folder .cairn/backups of the workspace.
          </Empty>
        )}
        {data !== undefined && data.backups.length > 0 && <BackupList backups={data.backups} />}
      </div>
    </Panel>
  )
}

function Making({ progress }: { readonly progress: BackupProgress }) {
  const isCopying = progress.type === 'copied'
  const done = isCopying && progress.of > 0 ? progress.pages / progress.of : undefined
  return (
    <ProgressBar label="Backing up the store" done={done}>
      {isCopying ? `${Math.round(100 * (done ?? 0))} %, copying` : 'verifying the copy'}
    </ProgressBar>
  )
}

function BackupList({ backups }: { readonly backups: readonly BackupFile[] }) {
  const [chosen, setChosen] = useState<BackupFile | null>(null)
  const reopen = reopening()
  return (
    <>
      <ul aria-label="Backups, newest first">
        {backups.map((backup) => (
          <li key={backup.file}>
            <code className="clipped" title={backup.file}>
              {backup.file}
            </code>
            <span className="quiet">{bytes(backup.bytes)}</span>
            <span className="quiet">
              <Age at={backup.at} />
            </span>
            {reopen !== undefined && (
              <Button tone="quiet" asksHost onPress={() => setChosen(backup)}>
                Bring back…
              </Button>
            )}
          </li>
        ))}
      </ul>
      {reopen === undefined && (
        <p className="quiet">
          To bring one back, stop the host and run <code>npx cairn restore-backup FILE</code>, or open the workspace on the desktop. What is
          there by then is kept beside it.
        </p>
      )}
      {reopen !== undefined && chosen !== null && <BringBackDialog backup={chosen} reopen={reopen} onClose={() => setChosen(null)} />}
    </>
  )
}

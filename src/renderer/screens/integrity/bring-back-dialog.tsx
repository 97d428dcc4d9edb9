import { useQuery } from '@tanstack/react-query'
import type { BackupFile } from '../../../contract/backups.ts'
import type { Desktop } from '../../../contract/desktop/page.ts'
import { useApi } from '../../state/client.ts'
import { useZone } from '../../state/preferences.ts'
import { Button } from '../../widgets/button/button.tsx'
import { Modal } from '../../widgets/dialog/modal.tsx'
import { fullTime } from '../../widgets/time/format.ts'
import './reopening-consequences.css'

interface BringBackDialogProps {
  readonly backup: BackupFile
  readonly reopen: Desktop['reopen']
  readonly onClose: () => void
}

/** Asks before a backup takes the place of the store, and says what happens. */
export function BringBackDialog({ backup: { file, at }, reopen, onClose }: BringBackDialogProps) {
  const api = useApi()
  const { data: host } = useQuery({ queryKey: ['host'], queryFn: () => api.host.info(), meta: { follows: ['host'] } })
  const time = fullTime(at, useZone())
  const bringBack = (): void => {
    reopen({ way: 'bring_back', file })
    onClose()
  }
  return (
    <Modal
      title={`Bring back the backup of ${time}`}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Leave the store as it is</Button>
          <Button tone="danger" asksHost onPress={bringBack}>
            Bring it back
          </Button>
        </>
      }
    >
      <ul className="reopening-consequences">
        <li>The host stops for a moment. The backup is verified, and takes the place of the store; what is there now is kept beside it.</li>
        <li>Runs stand as they stood then, and those that were under way go on from there: what they did outside since, they may do again.</li>
        {(host?.encryption ?? null) !== null && (
          <li>The key is the one that the backup was made with. Where that was replaced since, it is needed, and is the key of the store again.</li>
        )}
        <li>What began since then is in the store that is kept, and no more in this one.</li>
      </ul>
    </Modal>
  )
}

import type { Terminal } from '../../host/terminal.ts'
import type { BackupProgress } from '../../model/backup.ts'

/** Says how far a backup has come, at each quarter of it. */
export function byProgress({ err }: Terminal): (progress: BackupProgress) => void {
  let quarters = 0
  return (progress) => {
    if (progress.type === 'verifying') return err('verifying the copy')
    const now = progress.of === 0 ? 0 : Math.floor((4 * progress.pages) / progress.of)
    if (now > quarters) err(`copied ${25 * now} %`)
    quarters = now
  }
}

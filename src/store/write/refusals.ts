/** What no transition may be, whatever it says. */
import type { Transition } from '../../engine/ports.ts'
import { StorageFailed, VersionConflict } from '../../model/storage-errors.ts'

/** @throws VersionConflict where it was not decided on the version that is `found` */
export function refuseStale({ run, expected }: Transition, found: number | null): void {
  if (found !== expected) throw new VersionConflict(run, expected, found)
}

/** The parts of a transition name their run and version each: they must name the same. @throws StorageFailed */
export function refuseAmbiguous({ run, expected, entry, record }: Transition): void {
  const next = expected === null ? record.version : expected + 1
  if (entry.run === run && record.id === run && record.version === next && entry.version === next) return
  throw new StorageFailed(
    `a transition of run ${run} to version ${next} has an entry of ${entry.run} at ${entry.version} and a record of ` +
      `${record.id} at ${record.version}`,
  )
}

/** All that is written belongs to the branch that the run is on, or to the next one where the transition begins that. @throws StorageFailed */
export function refuseOtherBranch({ run, record, checkpoints, branch: begins }: Transition, branch: number): void {
  const onto = begins === null ? branch : branch + 1
  const isOther = (part: { readonly branch: number }): boolean => part.branch !== onto
  const other = isOther(record) ? record : checkpoints.find(isOther)
  if (other !== undefined) {
    throw new StorageFailed(`run ${run} goes on on branch ${onto}, and the transition is of branch ${other.branch}`)
  }
  if (begins !== null && checkpoints.length === 0) throw new StorageFailed(`branch ${onto} of run ${run} begins without a checkpoint`)
}

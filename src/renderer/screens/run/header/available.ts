import { isSetAside, type RunRecord } from '../../../../model/run.ts'
import { isEnded } from '../../../../model/status.ts'

/** Why an action cannot be taken on the run as it stands; undefined where it can. */
export interface Unavailable {
  readonly pause: string | undefined
  readonly resume: string | undefined
  readonly cancel: string | undefined
  readonly recover: string | undefined
  /** A checkpoint is taken of it. */
  readonly mark: string | undefined
}

/** A run as it stands; `underWay`, whether an attempt of it is. */
export interface Standing extends Pick<RunRecord, 'status' | 'paused' | 'closing' | 'failure' | 'parent' | 'updatedAt'> {
  readonly underWay: boolean
}

export function unavailableOf({
  status,
  paused,
  closing,
  failure,
  parent,
  updatedAt,
  underWay,
}: Standing): Unavailable {
  const ended = isEnded(status) ? `the run has ended: it is ${status}` : undefined
  const quarantined = status === 'quarantined' ? 'the run is set aside until its state has been looked at' : undefined
  const mayGoOn = isSetAside({ status, failure })
  const held = parent?.held === true ? `it was paused with its parent, run ${parent.run.slice(-8)}: resume that one` : undefined
  return {
    pause: ended ?? quarantined ?? (paused ? 'the run is paused already' : undefined),
    resume: ended ?? (mayGoOn ? undefined : quarantined) ?? held ?? (paused || mayGoOn ? undefined : 'the run is not paused'),
    recover: parent !== null ? 'a child is sent back through its parent' : isRecoverable({ status, failure }) ? undefined : `the run has not failed: it is ${status}`,
    mark: ended ?? quarantined,
    cancel: ended ?? ending({ closing, updatedAt, underWay }),
  }
}

/** What is brought to its end already may be cancelled once more, so that what is under way is waited for no longer than its grace. */
function ending({ closing, updatedAt, underWay }: Pick<Standing, 'closing' | 'updatedAt' | 'underWay'>): string | undefined {
  if (closing === null || closing.outcome === 'rolled_back') return undefined
  const hasGrace = closing.grace !== undefined && closing.grace.until > updatedAt
  if (underWay && !hasGrace) return undefined
  return closing.outcome === 'cancelled' ? 'the run is being cancelled already' : 'the run is being brought to its end as failed'
}

/** Whether policy may know what is to be done about the run: it has failed, or is set aside for damage. */
export function isRecoverable({ status, failure }: Pick<RunRecord, 'status' | 'failure'>): boolean {
  return status === 'failed' || (status === 'quarantined' && failure?.class === 'corruption')
}

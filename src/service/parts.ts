/** What the service is made over. The host hands in the real parts. */
import type { BackupFile } from '../contract/backups.ts'
import type { HostInfo } from '../contract/host.ts'
import type { Mail, MailSummary } from '../contract/mail.ts'
import type { Beside } from '../contract/storage.ts'
import type { WorkflowEntry } from '../contract/workflows.ts'
import type { RunControl } from '../engine/control.ts'
import type { Clock } from '../engine/ports.ts'
import type { Figures, Queries, Search } from '../engine/queries.ts'
import type { Actor } from '../model/actor.ts'
import type { Backup, BackupProgress } from '../model/backup.ts'
import type { Failure } from '../model/failure.ts'
import type { WorkflowName } from '../model/ids.ts'
import type { Finding, IntegrityCheck, Verification, VerifyProgress } from '../model/integrity.ts'
import type { DeadLetters } from '../model/policy/dead-letters.ts'
import type { PolicyView } from '../model/policy/policy-view.ts'
import type { Retained, RetentionPlan, RetentionProgress } from '../model/retention.ts'
import type { Revision } from '../model/revision.ts'
import type { Feed } from './feed.ts'

export interface Catalog {
  list(): readonly WorkflowEntry[]
  /** The revision that new runs pin. */
  find(workflow: WorkflowName): Revision | undefined
  /** How many files there are that have not been looked at yet. */
  unread(): number
  /** Resolves once new runs of the workflow can be started, or every file has been looked at. Null is for any entry. Rejects where they cannot be looked at. */
  sought(workflow: WorkflowName | null): Promise<void>
}

export interface Mailbox {
  /** Newest first. */
  list(): Promise<readonly MailSummary[]>
  find(id: string): Promise<Mail | undefined>
  /** Calls for each message once it can be found; returns what ends that. */
  subscribe(received: (mail: MailSummary) => void): () => void
}

/** What looking at the store, a part at a time and again and again, has come to. */
export interface IntegrityWatch {
  /** Null before anything was looked at. */
  latest(): IntegrityCheck | null
  /** What is damaged, as far as it was found and not found mended since. */
  findings(): readonly Finding[]
  /** Walks through the whole store; who asks meanwhile is answered with the others. Rejects where the host ends first. */
  verify(progressed: (progress: VerifyProgress) => void): Promise<Verification>
  /** What is wrong with the store as a whole, until a person has dealt with it. */
  alarms(): readonly Failure[]
}

export interface Backups {
  /** Copies the store, verified. Rejects with StorageFailed where one is being made already, or it cannot be written. */
  make(told: (progress: BackupProgress) => void): Promise<Backup>
  /** Those in the workspace's folder for them, newest first. */
  list(): Promise<readonly BackupFile[]>
}

export interface Retention {
  /** What the bounds of the settings would remove now. */
  plan(): Promise<RetentionPlan>
  /** Removes it. Rejects with StorageFailed where that is under way already, with GivenUp where the host ends first. */
  apply(actor: Actor, told: (progress: RetentionProgress) => void): Promise<Retained>
}

export interface ServiceParts {
  readonly control: RunControl
  readonly queries: Queries
  readonly search: Search
  readonly figures: Figures
  readonly integrity: IntegrityWatch
  readonly backups: Backups
  readonly retention: Retention
  /** What lies in the workspace's folder beside the store and its backups. */
  readonly beside: () => Promise<Beside>
  /** The settings in force. */
  readonly policy: () => PolicyView
  /** How many dead letters there may be, and how the queue is drained. */
  readonly deadLetters: () => DeadLetters
  /** Why nothing can be stored now; null where it can. */
  readonly fault: () => Failure | null
  readonly feed: Feed
  readonly clock: Clock
  readonly catalog: Catalog
  readonly mailbox: Mailbox
  readonly info: () => HostInfo
  /** Who acts where the caller names nobody: whoever started the host. */
  readonly person: string
  /** A fault that no answer can carry in full; it is logged. */
  readonly troubled: (what: string, error: unknown) => void
}

import type { WorkflowEntry } from '../contract/workflows.ts'
import type { AttentionItem } from '../model/attention.ts'
import type { Failure } from '../model/failure.ts'
import { backup, failureOf, type Finding, isOfAnchor } from '../model/integrity.ts'
import type { PolicyView } from '../model/policy/policy-view.ts'
import { CorruptionFound, StorageFailed } from '../model/storage-errors.ts'
import type { ServiceParts } from './parts.ts'
import type { Procedures } from './procedures.ts'

const day = 86_400_000
/** How many of one kind are told of at once. */
const most = 200

export function attention({ attention: procedure }: Procedures, parts: ServiceParts) {
  const { catalog, clock, fault, figures, integrity, policy, queries } = parts

  return {
    /**
     * First what puts the store in doubt, then who waits for a person, then what has failed, then what nobody can start.
     */
    list: procedure.list.handler(async ({ input: { since = Math.max(0, clock.now() - day) } }) => {
      const alarms: Failure[] = [...integrity.alarms(), fault()].filter((failure) => failure !== null)
      const isAlarm = integrity.alarms().length > 0
      const findings = integrity.findings().filter((finding) => !(isAlarm && isOfAnchor(finding)))
      const whole = wholeOr(alarms, findings)
      const [{ pendingDecisions }, urgent, quarantined, failures] = await Promise.all([
        queries.present(),
        whole(queries.urgent(most), { decisions: [], damaged: [] }),
        whole(queries.runs({ status: ['quarantined'], limit: most }), { runs: [], next: null, damaged: [] }),
        whole(figures.failures(since), { groups: [], damaged: [] }),
      ])
      for (const id of new Set([...urgent.damaged, ...quarantined.damaged, ...failures.damaged])) tellDamage(alarms, findings, new CorruptionFound('run', id, 'it cannot be told of'))
      const items: AttentionItem[] = [
        ...alarms.map((failure) => ({ kind: 'alarm' as const, failure })),
        ...findings.slice(0, most).map((finding) => ({ kind: 'damage' as const, finding, failure: failureOf(finding) })),
        ...quarantined.runs.map((run) => ({ kind: 'quarantined' as const, run })),
        ...urgent.decisions.map((view) => ({ kind: 'decision' as const, view })),
        ...failures.groups.map((group) => ({ kind: 'failures' as const, ...group })),
        ...refusedSettings(policy()),
        ...catalog.list().flatMap(refusedFile),
      ]
      return { items, moreDecisions: Math.max(0, pendingDecisions - urgent.decisions.length) }
    }),
  }
}

/**
 * What is damaged is an alarm too, unless it is known, and no reason to keep quiet about all else; nor is a disk that fails what is read,
 * as a full one does the index that failures are counted with.
 */
function wholeOr(alarms: Failure[], known: readonly Finding[]) {
  return async <T>(reading: Promise<T>, nothing: T): Promise<T> => {
    try {
      return await reading
    } catch (error) {
      if (error instanceof StorageFailed) {
        if (!alarms.some(({ class: of }) => of === 'resource')) alarms.push(notRead(error))
        return nothing
      }
      if (!(error instanceof CorruptionFound)) throw error
      tellDamage(alarms, known, error)
      return nothing
    }
  }
}

/** A damaged run is known by whatever was found of it. */
function tellDamage(alarms: Failure[], known: readonly Finding[], { name, message, object, key }: CorruptionFound): void {
  if (known.some((finding) => (finding.object === object && finding.key === key) || (object === 'run' && finding.run === key))) return
  alarms.push({ class: 'corruption', name, message, wayOut: backup })
}

function notRead({ message }: StorageFailed): Failure {
  return { class: 'resource', name: 'StoreCannotBeRead', message, wayOut: 'look after the disk, and whether there is room on it: some of what needs attention cannot be told meanwhile' }
}

function refusedFile(entry: WorkflowEntry): AttentionItem[] {
  if (entry.state !== 'refused') return []
  const { file, name, failures } = entry
  return [{ kind: 'workflow_refused', file, name, failures }]
}

function refusedSettings({ file, refused }: PolicyView): AttentionItem[] {
  return refused === null ? [] : [{ kind: 'policy_refused', file, ...refused }]
}

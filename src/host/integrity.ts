import type { Clock } from '../engine/ports.ts'
import type { Failure } from '../model/failure.ts'
import type { IntegrityCheck } from '../model/metrics.ts'
import type { IntegrityWatch } from '../service/parts.ts'
import type { Verification } from '../store/verify/verify-store.ts'
import type { Record } from './record.ts'

/** From the end of a check to the next one, in milliseconds. */
const pause = 3_600_000

export interface IntegrityParts {
  readonly clock: Clock
  readonly verify: () => Promise<Verification>
  readonly record: Record
  /** What was wrong with the store when it was opened. */
  readonly found: Failure | null
  /** Told at the end of each check, whatever it found. */
  readonly checked: () => void
  readonly troubled: (what: string, error: unknown) => void
}

/** Has the whole store checked again and again while the host lives, and tells of what is found. */
export class Integrity implements IntegrityWatch {
  readonly #parts: IntegrityParts
  #latest: IntegrityCheck | null = null
  #alarm: Failure | null = null
  #cancel: (() => void) | undefined
  #closed = false

  constructor(parts: IntegrityParts) {
    this.#parts = parts
  }

  latest(): IntegrityCheck | null {
    return this.#latest
  }

  alarms(): readonly Failure[] {
    return [this.#parts.found, this.#alarm].filter((failure) => failure !== null)
  }

  /** Checks now, and then every hour. */
  begin(): void {
    this.check()
      .catch((error: unknown) => {
        if (!this.#closed) this.#parts.troubled('checking the store', error)
      })
      .finally(() => {
        const { clock } = this.#parts
        if (!this.#closed) this.#cancel = clock.at(clock.now() + pause, () => this.begin())
      })
  }

  /** Checks the store once; a finding that was not there before is journaled. */
  async check(): Promise<void> {
    const { clock, record, verify } = this.#parts
    const { findings, checked } = await verify()
    this.#latest = { checkedAt: clock.now(), checkpoints: checked.checkpoints, findings: findings.length }
    const before = this.#alarm
    this.#alarm = alarmOf(findings)
    this.#parts.checked()
    if (this.#alarm !== null && this.#alarm.message !== before?.message && !this.#closed) {
      await record({ type: 'integrity_alarm', failure: this.#alarm })
    }
  }

  close(): void {
    this.#closed = true
    this.#cancel?.()
  }
}

function alarmOf(findings: Verification['findings']): Failure | null {
  const [first] = findings
  if (first === undefined) return null
  const others = findings.length === 1 ? '' : `, and ${findings.length - 1} more`
  return {
    class: 'corruption',
    name: 'StoreDamaged',
    message: `${first.object} ${first.key}: ${first.detail}${others}`,
    wayOut: 'runs that need what is damaged are kept from moving: bring back a backup of .cairn/store.db from before',
  }
}

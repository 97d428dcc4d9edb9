import type { Failure } from '../../../model/failure.ts'
import type { Instant, StepId } from '../../../model/ids.ts'
import type { ErrorEnding } from '../../../model/metrics.ts'
import type { Account, Figure, Series } from './account.ts'

interface Pass {
  readonly step: StepId
  readonly iteration: number
}

/** A run's account while one of its entries is being entered, and the figures that come of it. */
export class Book {
  readonly at: Instant
  readonly figures: Figure[] = []
  account: Account
  /** Set once the run has ended: an entry may say so more than once. */
  isOver = false

  constructor(account: Account, at: Instant) {
    this.account = account
    this.at = at
  }

  count(series: Series): void {
    this.figures.push({ ...series, at: this.at, count: 1 })
  }

  /** Something went wrong; of the run as a whole where no pass is named. */
  err({ class: name }: Failure, pass: Pass | null): void {
    const { step, iteration } = pass ?? { step: null, iteration: 0 }
    this.count({ kind: 'error', name, detail: 'open' })
    this.account = { ...this.account, errors: [...this.account.errors, { step, iteration, class: name, at: this.at }] }
  }

  /** Whether anything has gone wrong in the pass that nothing has ended. */
  isOpen(pass: Pass): boolean {
    return this.account.errors.some((error) => isOf(error, pass))
  }

  /** The errors of the pass are over; those of the whole run where none is named. */
  settle(pass: Pass | null, as: Exclude<ErrorEnding, 'open'>): void {
    const over = this.account.errors.filter((error) => pass === null || isOf(error, pass))
    for (const { class: name, at } of over) {
      this.figures.push({ kind: 'error', name, detail: 'open', at, count: -1 })
      this.figures.push({ kind: 'error', name, detail: as, at, count: 1 })
    }
    this.account = { ...this.account, errors: this.account.errors.filter((error) => !over.includes(error)) }
  }
}

function isOf(error: { readonly step: StepId | null; readonly iteration: number }, { step, iteration }: Pass): boolean {
  return error.step === step && error.iteration === iteration
}

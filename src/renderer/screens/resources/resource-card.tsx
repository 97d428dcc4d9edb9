import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { priorityInWords } from '../../../model/priority.ts'
import { type Holder, type ResourceStanding, usageOf, type Waiter } from '../../../model/resource.ts'
import { MarkedRunId } from '../../widgets/replay/marked-run-id.tsx'
import { usageLook } from '../../widgets/status/look.ts'
import { StatusBadge } from '../../widgets/status/status-badge.tsx'
import { Lasted } from '../../widgets/time/times.tsx'
import { Meter } from './meter.tsx'
import { closedInWords } from './words.ts'

/** One resource: how much there is of it, who holds it, and who waits for it in which order. */
export function ResourceCard({ resource }: { readonly resource: ResourceStanding }) {
  const { name, capacity, isDeclared, held, holders, waiting, waiters } = resource
  return (
    <li>
      <header>
        <StatusBadge look={usageLook[usageOf(resource)]} as="pill" />
        <strong>{name}</strong>
        <Meter held={held} capacity={capacity} />
        {!isDeclared && <span className="quiet">not declared in cairn.config.yaml: there is one of it</span>}
      </header>
      {capacity === 0 && <p>{closedInWords(name)}</p>}
      {holders.length + waiters.length > 0 && (
        <div className="sides">
          <Side title="Held by" none="Nobody holds any of it.">
            {holders.map((holder) => (
              <Claim key={keyOf(holder)} of={holder} />
            ))}
          </Side>
          <Side title={waiting === 0 ? 'Waiting' : `Waiting, ${waiting} in all`} none="Nobody waits.">
            {waiters.map((waiter) => (
              <Claim key={keyOf(waiter)} of={waiter} place={<Place of={waiter} />} />
            ))}
            {waiting > waiters.length && <li className="quiet">and {waiting - waiters.length} more</li>}
          </Side>
        </div>
      )}
    </li>
  )
}

function Side({ title, none, children }: { readonly title: string; readonly none: string; readonly children: readonly ReactNode[] }) {
  const isEmpty = children.flat().every((child) => child === false)
  return (
    <section>
      <h3>{title}</h3>
      {isEmpty ? <p className="quiet">{none}</p> : <ol aria-label={title}>{children}</ol>}
    </section>
  )
}

/** The run and its step, how much, and since when. */
function Claim({ of, place }: { readonly of: Holder | Waiter; readonly place?: ReactNode }) {
  const { run, workflow, step, iteration, amount, since } = of
  const isKept = 'for' in of && of.for === 'steps'
  return (
    <li className="claim">
      <span className="place">{place}</span>
      <span className="who">
        <Link to="/runs/$run" params={{ run }} search={step === null ? {} : { step }} title={run}>
          {workflow} <MarkedRunId run={run} />
        </Link>
        {step !== null && (
          <span className="quiet">
            {step}
            {iteration !== null && iteration > 1 && ` #${iteration}`}
            {isKept && ' and the steps after it'}
          </span>
        )}
      </span>
      <span className="amount">{amount > 1 && `× ${amount}`}</span>
      <span className="since quiet">
        for <Lasted from={since} until={null} />
      </span>
    </li>
  )
}

function Place({ of: { place, priority } }: { readonly of: Waiter }) {
  return (
    <span title={priority === 0 ? undefined : `priority ${priorityInWords(priority)}`}>
      {place}.{priority !== 0 && (priority > 0 ? ' ↑' : ' ↓')}
    </span>
  )
}

function keyOf(of: Holder | Waiter): string {
  return `${of.run}/${of.step}/${of.iteration}/${'for' in of ? of.for : 'waits'}`
}

import type { LinkProps } from '@tanstack/react-router'
import { Activity, CircleAlert, Hand, HardDrive, Layers, LayoutDashboard, type LucideIcon, Mail, MailX, PlugZap, ShieldCheck, SlidersHorizontal, Workflow } from 'lucide-react'

interface Place {
  readonly to: NonNullable<LinkProps['to']>
  readonly title: string
  readonly icon: LucideIcon
  readonly keys: string
  /** What else it is looked for by. */
  readonly also?: string
}

/** What the navigation shows, in its order. */
export const places: readonly Place[] = [
  { to: '/', title: 'Overview', icon: LayoutDashboard, keys: 'g o' },
  { to: '/runs', title: 'Runs', icon: Activity, keys: 'g r' },
  { to: '/attention', title: 'Needs attention', icon: Hand, keys: 'g a' },
  { to: '/errors', title: 'Errors', icon: CircleAlert, keys: 'g e', also: 'failures what went wrong recovery recovered class' },
  { to: '/dead-letters', title: 'Dead letters', icon: MailX, keys: 'g d', also: 'dead letter queue later drain discard dlq' },
  { to: '/breakers', title: 'Breakers', icon: PlugZap, keys: 'g b', also: 'circuit held back dependency outage open reset' },
  { to: '/resources', title: 'Resources', icon: Layers, keys: 'g c', also: 'capacity limits concurrency bulkhead queue waiting holds locks' },
  { to: '/workflows', title: 'Workflows', icon: Workflow, keys: 'g w' },
  { to: '/mail', title: 'Mail', icon: Mail, keys: 'g m' },
  { to: '/integrity', title: 'Integrity', icon: ShieldCheck, keys: 'g i', also: 'verify check damage corrupt backup' },
  { to: '/storage', title: 'Storage', icon: HardDrive, keys: 'g s', also: 'bytes disk size space retention remove old runs' },
  { to: '/policy', title: 'Policy', icon: SlidersHorizontal, keys: 'g p', also: 'settings config configuration rules cairn.config.yaml' },
]

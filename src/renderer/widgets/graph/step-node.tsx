import type { Node, NodeProps } from '@xyflow/react'
import { Clock3, Code, Globe, Mail, type LucideIcon, SquareTerminal, UserCheck, Workflow } from 'lucide-react'
import { memo, type ReactElement, useState } from 'react'
import type { StepKind } from '../../../model/manifest.ts'
import { timeTaken } from '../../../model/time-taken.ts'
import { useNow } from '../../state/now.ts'
import type { Look } from '../status/look.ts'
import { lengthOfTime } from '../time/format.ts'
import { Lasted } from '../time/times.tsx'
import type { StepItem } from './collapse.ts'
import { useGraph, useItemClass } from './graph-store.ts'
import { itemLook } from './item-look.ts'
import { Marks } from './marks.tsx'
import { NodeChips } from './node-chips.tsx'
import type { StepOverlay } from './overlay.ts'
import { countdown, kindWord, percent, policyWords, skipWords, stepName } from './words.ts'
import './node.css'

export type StepNode = Node<{ readonly item: StepItem }, 'step'>

const kindIcon: Readonly<Record<StepKind, LucideIcon>> = {
  code: Code,
  shell: SquareTerminal,
  http: Globe,
  email: Mail,
  approval: UserCheck,
  wait: Clock3,
  workflow: Workflow,
}

/** A step as it stands. It draws itself again when its own part of the run changes, and at no other time. */
export const StepNodeView = memo(function StepNodeView({ data: { item } }: NodeProps<StepNode>) {
  const { id, step } = item
  const shown = useGraph(({ overlay }) => overlay.get(id))
  const own = useItemClass(item)
  const look = shown && itemLook(shown)
  const classes = ['graph-node', own, shown?.status === 'pending' && 'faint']
  return (
    <div className={classes.filter(Boolean).join(' ')} title={stepName(step, shown)}>
      <span className="side" data-tone={look?.tone} />
      <Definition item={item} />
      <div className="line second">
        {look === undefined ? <span className="clipped">{kindWord[step.kind]}</span> : <Standing look={look} />}
        <span className="measure">{shown === undefined ? policyWords(step) : <Measure shown={shown} />}</span>
      </div>
      {shown !== undefined && <NodeChips shown={shown} />}
      {shown !== undefined && shown.fraction !== null && (
        <span className="progress" data-tone={look?.tone}>
          <span style={{ width: percent(shown.fraction) }} />
        </span>
      )}
    </div>
  )
})

/** Apart, as is how it stands: both are the same at most moments of a run. */
const Definition = memo(function Definition({ item: { id, step } }: { readonly item: StepItem }) {
  const Icon = kindIcon[step.kind]
  return (
    <div className="line">
      <Icon size={13} className="kind" aria-hidden />
      <span className="name clipped">{step.title ?? id}</span>
      <Marks step={step} />
    </div>
  )
})

const Standing = memo(function Standing({ look }: { readonly look: Look }) {
  const [icons, setIcons] = useState(() => new Map([[look, iconOf(look)]]))
  // What it has stood as before stays in the page, unseen: under a playhead it stands otherwise in every frame.
  if (!icons.has(look)) setIcons(new Map(icons).set(look, iconOf(look)))
  return (
    <span className="status" data-tone={look.tone}>
      {Array.from(icons, ([each, icon]) => (
        <span key={each.word} className="icon" hidden={each !== look}>
          {icon}
        </span>
      ))}
      <span className="clipped">{look.word}</span>
    </span>
  )
})

function iconOf({ word, icon: Icon }: Look): ReactElement {
  return <Icon size={12} className={word === 'Running' ? 'turning' : undefined} aria-hidden />
}

/** The one measure that matters of a step as it stands: how long, how far, until when, or why not. */
function Measure({ shown }: { readonly shown: StepOverlay }) {
  const { skipped, until, status, fraction, startedAt, endedAt } = shown
  if (skipped !== null) return skipWords[skipped].short
  if (status === 'waiting' && until !== null) return <Countdown until={until} />
  if (status === 'running' && fraction !== null) return percent(fraction)
  if (startedAt === null || status === 'pending') return null
  const took = timeTaken(shown)
  if (endedAt !== null) return took === null ? null : lengthOfTime(took)
  return status === 'running' || status === 'waiting' ? <Lasted from={startedAt} until={null} /> : null
}

function Countdown({ until }: { readonly until: number }) {
  const now = useNow()
  return countdown(until, now)
}

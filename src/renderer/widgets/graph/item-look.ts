/** Icon, word and colour of what stands in the graph. */
import { Undo2 } from 'lucide-react'
import { armLook, type Look, lookOfStep } from '../status/look.ts'
import type { FoldOverlay } from './fold-overlay.ts'
import type { StepOverlay } from './overlay.ts'

export function itemLook(shown: StepOverlay | FoldOverlay): Look {
  if (!('counts' in shown)) return stepLook(shown)
  const [[first] = ['pending' as const]] = shown.counts
  // A fold is as far as its most urgent step; one that is half done is under way.
  const started = shown.counts.some(([standing]) => standing === 'completed')
  const waits = shown.counts.some(([standing]) => standing === 'pending')
  return standingLook(first === 'completed' && started && waits ? 'running' : first)
}

const beingUndone: Look = { tone: 'attention', word: 'Being undone', icon: Undo2 }

function stepLook({ status, waitsFor, isToBeArmed, compensation }: StepOverlay): Look {
  if (isToBeArmed) return armLook
  if (compensation === 'running') return beingUndone
  return lookOfStep({ status, waiting: waitsFor === null ? null : { for: waitsFor } })
}

export function standingLook(standing: FoldOverlay['counts'][number][0]): Look {
  return standing === 'decision'
    ? lookOfStep({ status: 'waiting', waiting: { for: 'decision' } })
    : lookOfStep({ status: standing, waiting: null })
}


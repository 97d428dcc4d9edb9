import { ArrowUpRight, CircleDotDashed, Diamond, type LucideIcon, Split, Undo2 } from 'lucide-react'
import type { StepManifest } from '../../../model/manifest.ts'

interface Mark {
  readonly word: string
  readonly icon: LucideIcon
  readonly applies: (step: StepManifest) => boolean
}

/** What an author can mark a step as, in the order in which it is shown and explained. */
export const marks: readonly Mark[] = [
  { word: 'acts outside', icon: ArrowUpRight, applies: ({ effect }) => effect !== null },
  { word: 'critical', icon: Diamond, applies: ({ critical }) => critical },
  { word: 'optional', icon: CircleDotDashed, applies: ({ optional }) => optional },
  { word: 'conditional', icon: Split, applies: ({ conditional }) => conditional },
  { word: 'can be undone', icon: Undo2, applies: ({ compensates }) => compensates },
]

/** The name of the whole node says them in words. */
export function Marks({ step }: { readonly step: StepManifest }) {
  return (
    <span className="marks" aria-hidden>
      {marks.map(({ word, icon: Icon, applies }) => applies(step) && <Icon key={word} size={11} />)}
    </span>
  )
}

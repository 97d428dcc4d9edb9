import { RotateCcw } from 'lucide-react'
import { Button } from '../../../widgets/button/button.tsx'
import type { Pass } from '../inspector/use-pass.ts'
import { ParentLink, useParent } from './through-parent.tsx'
import { useRunFrom } from './use-run-from.ts'

/** Leads to what running the step once more would lead to. */
export function RunFromHere({ pass }: { readonly pass: Pass }) {
  const { unavailable, show } = useRunFrom(pass)
  const parent = useParent()
  return (
    <p className="run-from-here">
      <Button icon={RotateCcw} keys="r" unavailable={unavailable} onPress={show}>
        Run from here…
      </Button>
      {parent !== null && <ParentLink parent={parent} />}
    </p>
  )
}

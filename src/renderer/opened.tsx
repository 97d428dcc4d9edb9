import type { ReactNode } from 'react'
import { RefusedWorkspace } from './refused-workspace.tsx'
import { useRefusal } from './state/refusal.ts'

/** The console, or why there is none. */
export function Opened({ children }: { readonly children: ReactNode }) {
  const refusal = useRefusal(({ refusal }) => refusal)
  return refusal === null ? children : <RefusedWorkspace refusal={refusal} />
}

import { useMemo } from 'react'
import { useFollowed } from '../state/following.ts'
import { Tab, useSelection } from '../state/selection.ts'

export const titles: Readonly<Record<Tab, string>> = {
  step: 'Step',
  state: 'State',
  changes: 'Changes',
  attempts: 'Attempts',
  errors: 'Errors',
  logs: 'Logs',
  journal: 'Journal',
  restore: 'Restore',
  replay: 'Replay',
  mail: 'Mail',
}

/** The tabs that there are, in the order of their number keys; mail where the selection may have sent some. */
export function useTabs(): readonly Tab[] {
  const { step } = useSelection()
  const sendsMail = useFollowed(({ run }) =>
    run.detail.manifest.steps.some(({ kind, id }) => kind === 'email' && (step === undefined || id === step)),
  )
  return useMemo(() => Tab.options.filter((tab) => tab !== 'mail' || sendsMail), [sendsMail])
}

import { useEffect, useRef } from 'react'
import { tell } from '../../../widgets/feedback/toasts.tsx'
import { useCalmly } from '../state/calm.ts'
import { branchInWords } from '../state/on-branch.ts'
import { ownRestores } from './own-restores.ts'

/** Tells when somebody else sends the run back while it is looked at. */
export function ToldRestores() {
  const run = useCalmly((known) => known.run.detail.record.id)
  const branches = useCalmly((known) => known.branches)
  const told = useRef<number>(undefined)
  useEffect(() => {
    const newest = branches.at(-1)
    if (newest === undefined) return
    const before = told.current
    told.current = newest.number
    if (before === undefined || newest.number <= before || ownRestores.has(run, newest.number)) return
    const why = newest.why === null ? '' : `: ${newest.why}`
    tell.done(`${newest.by.name} restored checkpoint ${newest.from}`, `The run goes on as ${branchInWords(newest)}${why}`)
  }, [branches, run])
  return null
}

import type { RunId } from '../../../model/ids.ts'
import { useAboutRun } from '../../state/about-run.ts'
import { ShortId } from '../identity/short-id.tsx'
import { isMarked, ReplayMark } from './replay-mark.tsx'

/** The id of a run of which nothing else is at hand, marked where that is a replay. */
export function MarkedRunId({ run, whole = false }: { readonly run: RunId; readonly whole?: boolean }) {
  const about = useAboutRun(run)
  return (
    <>
      {whole ? <code>{run}</code> : <ShortId id={run} />}
      {about !== undefined && isMarked(about) && (
        <>
          {' '}
          <ReplayMark of={about} />
        </>
      )}
    </>
  )
}

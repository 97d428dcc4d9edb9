import { getRouteApi, Link } from '@tanstack/react-router'
import { CalendarX, CircleHelp, type LucideIcon } from 'lucide-react'
import { type ReactNode, useDeferredValue, useEffect, useState } from 'react'
import { counted } from '../../../model/counted.ts'
import { RunId } from '../../../model/ids.ts'
import type { RemovedRun } from '../../../model/retention.ts'
import { Empty } from '../../widgets/feedback/empty.tsx'
import { Skeleton } from '../../widgets/feedback/skeleton.tsx'
import { shortId } from '../../widgets/identity/short-id.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { Age } from '../../widgets/time/times.tsx'
import { RunActions } from './header/run-actions.tsx'
import { RunHeading } from './header/run-heading.tsx'
import { Broken } from './broken.tsx'
import { RunKeys } from './run-keys.tsx'
import { RestoreCommands } from './restore/restore-commands.tsx'
import { RestoringRun } from './restore/restoring.tsx'
import { ToldRestores } from './restore/told-restores.tsx'
import { RunPanes } from './run-panes.tsx'
import { CalmContext, useCalm } from './state/calm.ts'
import { FollowingContext, type FollowingStore, useFollowing } from './state/following.ts'
import { PinnedContext, usePinnedManifests } from './state/pinned.ts'
import { createScrubbing, ScrubbingContext } from './state/scrubbing.ts'
import { SelectionContext, useAddressed } from './state/selection.ts'
import { RestedViewContext, useResting } from './state/view.ts'

const route = getRouteApi('/runs/$run')

/** A run: its graph, its timeline and what is known of the selection, live. */
export function RunScreen() {
  const { run } = route.useParams()
  const id = RunId.safeParse(run)
  if (!id.success) return <Unknown run={run} />
  return <Followed key={id.data} run={id.data} />
}

function Followed({ run }: { readonly run: RunId }) {
  const store = useFollowing(run)
  // A long run takes a while to be drawn for the first time: that gives way to whatever else the page has to do.
  const phase = useDeferredValue(store((following) => following.phase))
  const problem = store((following) => following.problem)
  const removed = store((following) => following.removed)
  const workflow = store((following) => following.run?.detail.record.workflow)
  const isReplay = store((following) => (following.run?.detail.record.origin ?? null) !== null)
  const title = `${isReplay ? 'Replay: ' : ''}${workflow ?? 'Run'} ${shortId(run)}`
  switch (phase) {
    case 'loading':
      return (
        <Plain title={title}>
          <Skeleton lines={6} />
        </Plain>
      )
    case 'unknown':
      return removed === null ? <Unknown run={run} /> : <Removed removed={removed} />
    case 'broken':
      return (
        <Plain title={title}>
          <Broken run={run} problem={problem ?? new Error('the host does not say why')} />
        </Plain>
      )
    case 'known':
      return (
        <Shown store={store}>
          <RestoringRun>
            <Screen title={title} heading={<RunHeading />} actions={<RunActions />} full>
              <RunPanes />
              <RunKeys />
              <RestoreCommands />
              <ToldRestores />
            </Screen>
          </RestoringRun>
        </Shown>
      )
  }
}

/** Makes the run known to what is within. */
function Shown({ store, children }: { readonly store: FollowingStore; readonly children: ReactNode }) {
  const [scrubbing] = useState(() => createScrubbing())
  useEffect(() => scrubbing.drop, [scrubbing])
  return (
    <FollowingContext value={store}>
      <CalmContext value={useCalm(store)}>
        <PinnedContext value={usePinnedManifests(store)}>
          <SelectionContext value={useAddressed()}>
            <ScrubbingContext value={scrubbing}>
              <Resting>{children}</Resting>
            </ScrubbingContext>
          </SelectionContext>
        </PinnedContext>
      </CalmContext>
    </FollowingContext>
  )
}

/** Apart: where the playhead rests is known within what it stands in. */
function Resting({ children }: { readonly children: ReactNode }) {
  return <RestedViewContext value={useResting()}>{children}</RestedViewContext>
}

function Plain({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return <Screen title={title}>{children}</Screen>
}

function Unknown({ run }: { readonly run: string }) {
  return (
    <NotThere title="No such run" icon={CircleHelp} says="This workspace has no such run">
      <code>{run}</code> may be a run of another workspace, or the link was cut off.
    </NotThere>
  )
}

/** Where retention has removed the run that a link leads to. */
function Removed({ removed: { id, workflow, status, endedAt, removedAt, checkpoints } }: { readonly removed: RemovedRun }) {
  return (
    <NotThere title={`${workflow} ${shortId(id)}`} icon={CalendarX} says="This run was removed">
      Retention removed it <Age at={removedAt} />, with {counted(checkpoints, 'checkpoint')}. It
      was of {workflow}, and {status} <Age at={endedAt} />.
    </NotThere>
  )
}

interface NotThereProps {
  readonly title: string
  readonly icon: LucideIcon
  readonly says: string
  readonly children: ReactNode
}

/** No run to show: why, and the way to those that there are. */
function NotThere({ title, icon, says, children }: NotThereProps) {
  return (
    <Plain title={title}>
      <Empty icon={icon} title={says}>
        {children}
        <p>
          <Link to="/runs" className="link">
            All runs
          </Link>
        </p>
      </Empty>
    </Plain>
  )
}

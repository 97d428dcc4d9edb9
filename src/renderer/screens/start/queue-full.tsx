import { Link } from '@tanstack/react-router'
import { useNow } from '../../state/now.ts'
import { Callout } from '../../widgets/feedback/callout.tsx'
import { lengthOfTime } from '../../widgets/time/format.ts'
import type { FullQueue } from './use-starting.ts'

/** No queue took the run: when there may be room again, and what stays of what was written. It counts nothing down: it would be read aloud each time. */
export function QueueFull({ full: { queued, most, at, retryAfter } }: { readonly full: FullQueue }) {
  const mayBeRoom = useNow() >= at + retryAfter
  const seconds = Math.ceil(retryAfter / 1_000)
  return (
    <Callout tone="attention" title="The queue is full, so no run was started" urgent>
      <p>
        {waiting(queued, most)} {mayBeRoom ? 'There may be room by now: start it again.' : `Come back in about ${lengthOfTime(1_000 * seconds).replace('.0', '')}.`} What
        is written here stays.
      </p>
      <Link to="/resources" className="link">
        How much goes on at once
      </Link>
    </Callout>
  )
}

function waiting(queued: number, most: number): string {
  if (most === 0) return 'As many runs go on as may at once, and none may wait to begin.'
  return `${queued === 1 ? 'One run waits' : `${queued} runs wait`} to begin, and no more than ${most} may.`
}

import { Link } from '@tanstack/react-router'
import { CircleCheck, SearchX } from 'lucide-react'
import { Empty } from '../../../widgets/feedback/empty.tsx'
import { type Asked, isFiltered, ranges } from '../search.ts'

/** Why there is none: nothing has ever gone wrong, nothing has lately, or nothing of what is asked for. */
export function NoErrors({ asked, ever }: { readonly asked: Asked; readonly ever: boolean }) {
  const { within } = asked
  if (!ever) {
    return (
      <Empty icon={CircleCheck} title="Nothing has ever gone wrong">
        What fails in any run of this workspace comes here, with what was done about it, and what is damaged of its store.
      </Empty>
    )
  }
  if (isFiltered(asked)) {
    return (
      <Empty icon={SearchX} title="No error is like that">
        <Link to="/errors" search={{ within }} className="link">
          Any error of the {ranges[within].words}
        </Link>
      </Empty>
    )
  }
  return (
    <Empty icon={CircleCheck} title={`Nothing went wrong in the ${ranges[within].words}`}>
      {within !== '120d' && (
        <Link to="/errors" search={{ within: '120d' }} className="link">
          What went wrong before that
        </Link>
      )}
    </Empty>
  )
}

import { Link } from '@tanstack/react-router'
import { Callout } from './callout.tsx'
import { matterOf } from './matter-of.ts'

interface NotToldProps {
  /** What cannot be told. */
  readonly title: string
  readonly error: Error
}

/** Stands where figures would, or above older ones, when the host cannot read what they are made of. */
export function NotTold({ title, error }: NotToldProps) {
  const { to, words } = matterOf(error)
  return (
    <Callout tone="failure" title={title} urgent>
      <p>{error.message}</p>
      <Link to={to} className="link">
        {words}
      </Link>
    </Callout>
  )
}

import { ORPCError } from '@orpc/client'
import { Link } from '@tanstack/react-router'
import { Callout } from './callout.tsx'

interface NotToldProps {
  /** What cannot be told. */
  readonly title: string
  readonly error: Error
}

/** Stands where figures would, or above older ones, when the host cannot read what they are made of. */
export function NotTold({ title, error }: NotToldProps) {
  const isFault = error instanceof ORPCError && error.code === 'UNAVAILABLE'
  return (
    <Callout tone="failure" title={title} urgent>
      <p>{error.message}</p>
      {isFault ? (
        <Link to="/attention" className="link">
          What is the matter
        </Link>
      ) : (
        <Link to="/integrity" className="link">
          What is damaged, and backups
        </Link>
      )}
    </Callout>
  )
}

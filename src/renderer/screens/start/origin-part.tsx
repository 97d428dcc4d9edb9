import { Link } from '@tanstack/react-router'
import { History } from 'lucide-react'
import type { Json } from '../../../model/json.ts'
import { JsonDiff } from '../../widgets/diff/json-diff.tsx'
import { same } from '../../widgets/diff/json-lines.ts'
import { ShortId } from '../../widgets/identity/short-id.tsx'
import type { Draft } from './drafts.ts'

interface OriginPartProps {
  readonly origin: NonNullable<Draft['origin']>
  readonly input: Json | undefined
}

/** The earlier run that it began with, and what is different now. */
export function OriginPart({ origin: { run, input: before }, input = null }: OriginPartProps) {
  const isSame = same(before, input)
  return (
    <section className="origin-part" aria-label="The earlier run">
      <p>
        <History size={14} aria-hidden />
        <span>
          Begun with the input of{' '}
          <Link to="/runs/$run" params={{ run }} className="link">
            run <ShortId id={run} />
          </Link>
          {isSame ? ', unchanged so far.' : ', with these changes:'}
        </span>
      </p>
      {!isSame && <JsonDiff before={before} after={input} label="What is different from the earlier run" />}
    </section>
  )
}

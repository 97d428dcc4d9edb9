import { Link } from '@tanstack/react-router'
import type { Origin } from '../../../model/run.ts'
import { ShortId } from '../identity/short-id.tsx'
import { otherwiseInWords } from './origin-words.ts'
import { replayIcon as Icon } from './replay-icon.ts'
import './origin-link.css'

/** What a replay was made from: leads to that moment of the other run. */
export function OriginLink({ origin }: { readonly origin: Origin }) {
  const { run, checkpoint } = origin
  const otherwise = otherwiseInWords(origin)
  return (
    <span className="origin-link">
      <Icon size={12} aria-hidden />
      <Link to="/runs/$run" params={{ run }} search={{ checkpoint }} className="link">
        replay of <ShortId id={run} /> from checkpoint {checkpoint}
      </Link>
      {otherwise !== null && <span className="clipped" title={otherwise}>{otherwise}</span>}
    </span>
  )
}

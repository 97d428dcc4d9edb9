import { Link } from '@tanstack/react-router'
import { Play } from 'lucide-react'

/** Leads to where a run is started: a workflow has to be chosen first. */
export function StartLink() {
  return (
    <Link to="/workflows" className="button">
      <Play size={14} aria-hidden />
      <span>Start a run</span>
    </Link>
  )
}

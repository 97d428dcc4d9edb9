import { Link } from '@tanstack/react-router'
import { usePreferences } from '../../state/preferences.ts'
import { places } from './places.ts'
import { useAttention } from '../../state/attention.ts'
import { useCounts } from '../../state/counts.ts'
import './navigation.css'

export function Navigation() {
  const wide = usePreferences((preferences) => preferences.wide)
  const attention = useAttention()
  const counts = useCounts()
  return (
    <nav className="navigation" aria-label="Console" data-wide={wide}>
      <ul>
        {places.map(({ to, title, icon: Icon }) => {
          const count = to === '/attention' ? (attention?.length ?? 0) : to === '/dead-letters' ? (counts?.deadLetters ?? 0) : 0
          return (
            <li key={to}>
              <Link to={to} activeOptions={{ exact: to === '/' }} title={title}>
                <Icon size={16} aria-hidden />
                <span className="word">{title}</span>
                {count > 0 && <span className="count">{count}</span>}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

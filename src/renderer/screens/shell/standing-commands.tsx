import { useNavigate } from '@tanstack/react-router'
import { Clock, Keyboard, Monitor, Moon, PanelLeft, Search, Sun } from 'lucide-react'
import { useMemo } from 'react'
import { type Command, useCommands } from '../../state/commands.ts'
import { usePreferences } from '../../state/preferences.ts'
import { useOverlays } from './overlays.ts'
import { places } from './places.ts'

/** What can be done from everywhere. */
export function StandingCommands() {
  const navigate = useNavigate()
  const commands = useMemo((): readonly Command[] => {
    const { setTheme, setZone, setWide } = usePreferences.getState()
    const { show } = useOverlays.getState()
    return [
      ...places.map(({ to, ...place }) => ({ id: `go${to}`, section: 'Go to', ...place, run: () => void navigate({ to }) })),
      { id: 'palette', title: 'Search and commands', section: 'Console', icon: Search, keys: '$mod+k', run: () => show('palette') },
      { id: 'keys', title: 'Show all keys', section: 'Console', icon: Keyboard, keys: 'Shift+?', run: () => show('keys') },
      { id: 'light', title: 'Light theme', section: 'Console', icon: Sun, run: () => setTheme('light') },
      { id: 'dark', title: 'Dark theme', section: 'Console', icon: Moon, run: () => setTheme('dark') },
      { id: 'system', title: 'Theme of the system', section: 'Console', icon: Monitor, run: () => setTheme('system') },
      { id: 'zone-local', title: 'Show times in the zone of this machine', section: 'Console', icon: Clock, run: () => setZone('local') },
      { id: 'zone-utc', title: 'Show times in UTC', section: 'Console', icon: Clock, run: () => setZone('UTC') },
      {
        id: 'wide',
        title: 'Show or hide the words of the navigation',
        section: 'Console',
        icon: PanelLeft,
        keys: '$mod+b',
        run: () => setWide(!usePreferences.getState().wide),
      },
    ]
  }, [navigate])
  useCommands(commands)
  return null
}

import { useQuery } from '@tanstack/react-query'
import { Clock, Keyboard, Monitor, Moon, Search, Sun } from 'lucide-react'
import { useApi } from '../../state/client.ts'
import { localZone, type Theme, usePreferences } from '../../state/preferences.ts'
import { IconButton } from '../../widgets/button/icon-button.tsx'
import { Keys } from '../../widgets/button/keys.tsx'
import { PopupMenu } from '../../widgets/menu/popup-menu.tsx'
import { HostPill } from './host-pill.tsx'
import { useOverlays } from './overlays.ts'
import './top-bar.css'

export function TopBar() {
  const show = useOverlays((overlays) => overlays.show)
  return (
    <header className="top-bar">
      <span className="brand">
        <img src="/cairn.svg" alt="" width={20} height={20} />
        <b>Cairn</b>
        <WorkspaceName />
      </span>
      <button type="button" className="search" onClick={() => show('palette')}>
        <Search size={14} aria-hidden />
        <span className="clipped">Search runs, workflows, commands</span>
        <Keys keys="$mod+k" />
      </button>
      <div className="end">
        <HostPill />
        <ZoneMenu />
        <ThemeMenu />
        <IconButton icon={Keyboard} label="All keys" keys="Shift+?" onPress={() => show('keys')} />
      </div>
    </header>
  )
}

function WorkspaceName() {
  const api = useApi()
  const { data } = useQuery({ queryKey: ['host'], queryFn: () => api.host.info(), meta: { follows: ['host'] } })
  if (data === undefined) return null
  return (
    <span className="workspace clipped" title={data.workspace}>
      {data.workspace.split(/[\\/]/).at(-1)}
    </span>
  )
}

function ZoneMenu() {
  const zone = usePreferences((preferences) => preferences.zone)
  const setZone = usePreferences((preferences) => preferences.setZone)
  const shown = zone === 'local' ? localZone : zone
  const others = [...new Set([localZone, 'UTC', shown])]
  return (
    <PopupMenu
      label="Time zone"
      trigger={
        <button type="button" className="zone" aria-label={`Times are shown in ${shown}`}>
          <Clock size={13} aria-hidden />
          {shown.split('/').at(-1)?.replaceAll('_', ' ')}
        </button>
      }
      choices={others.map((each) => ({
        label: each,
        detail: each === localZone ? 'this machine' : '',
        chosen: each === shown,
        onChoose: () => setZone(each === localZone ? 'local' : each),
      }))}
    />
  )
}

const themes = [
  { theme: 'system', label: 'System', icon: Monitor },
  { theme: 'light', label: 'Light', icon: Sun },
  { theme: 'dark', label: 'Dark', icon: Moon },
] as const satisfies readonly { theme: Theme; label: string; icon: unknown }[]

function ThemeMenu() {
  const theme = usePreferences((preferences) => preferences.theme)
  const setTheme = usePreferences((preferences) => preferences.setTheme)
  const Icon = themes.find((each) => each.theme === theme)?.icon ?? Monitor
  return (
    <PopupMenu
      label="Theme"
      trigger={
        <button type="button" className="icon-button" aria-label="Theme">
          <Icon size={15} aria-hidden />
        </button>
      }
      choices={themes.map((each) => ({
        label: each.label,
        icon: each.icon,
        chosen: each.theme === theme,
        onChoose: () => setTheme(each.theme),
      }))}
    />
  )
}

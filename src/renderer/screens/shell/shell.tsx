import { Tooltip } from '@base-ui/react/tooltip'
import { Outlet } from '@tanstack/react-router'
import { Toasts } from '../../widgets/feedback/toasts.tsx'
import { TourCommands } from '../tour/tour-commands.tsx'
import { TourStrip } from '../tour/tour-strip.tsx'
import { AskedNotices } from './asked-notices.tsx'
import { ConnectionBar } from './connection-bar.tsx'
import { KeyHelp } from './key-help.tsx'
import { Keyboard } from './keyboard.tsx'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { StandingCommands } from './standing-commands.tsx'
import { StartCommands } from './start-commands.tsx'
import { TopBar } from './top-bar.tsx'
import './shell.css'

/** What stands around every screen. */
export function Shell() {
  return (
    <Tooltip.Provider delay={400}>
      <a className="skip" href="#screen">
        Skip to the content
      </a>
      <div className="shell">
        <TopBar />
        <ConnectionBar />
        <TourStrip />
        <Navigation />
        <Outlet />
      </div>
      <StandingCommands />
      <StartCommands />
      <TourCommands />
      <AskedNotices />
      <Keyboard />
      <Palette />
      <KeyHelp />
      <Toasts />
    </Tooltip.Provider>
  )
}

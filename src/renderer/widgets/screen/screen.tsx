import { type ReactNode, useEffect } from 'react'
import './screen.css'

interface ScreenProps {
  readonly title: string
  /** Instead of the plain title, where its line holds more. */
  readonly heading?: ReactNode
  /** Buttons and choices that belong to the whole screen. */
  readonly actions?: ReactNode
  /** From edge to edge, each part scrolling by itself, rather than a page that scrolls. */
  readonly full?: boolean
  readonly children: ReactNode
}

/** What every screen is: the tab's title, a heading with actions, and the content. */
export function Screen({ title, heading, actions, full, children }: ScreenProps) {
  useEffect(() => {
    document.title = `${title} · Cairn`
  }, [title])
  return (
    <main className={full === true ? 'screen full' : 'screen'} id="screen" tabIndex={-1}>
      <header className="heading">
        <div className="title">{heading ?? <h1>{title}</h1>}</div>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </header>
      <div className="content">{children}</div>
    </main>
  )
}

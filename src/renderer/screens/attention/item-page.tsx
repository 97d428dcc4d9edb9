import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { ShownText } from '../../widgets/text/shown-text.tsx'
import { spelled } from '../../widgets/text/unseen.ts'
import './item-page.css'

interface ItemPageProps {
  readonly title: string
  /** Of what, and since when: stands beneath the title. */
  readonly line: ReactNode
  readonly children: ReactNode
  /** What can be done; stays in sight. */
  readonly actions?: ReactNode
  /** What it leads to, or what more there is. */
  readonly aside?: ReactNode
  readonly asideLabel?: string
}

/** An item whole: what it is, what can be done, and beside it what that leads to. */
export function ItemPage({ title, line, children, actions, aside, asideLabel }: ItemPageProps) {
  return (
    <article className="item-page" aria-label={spelled(title)}>
      <div className="main">
        <header>
          <Link className="back" to="/attention" search={{}}>
            <ArrowLeft size={14} aria-hidden /> All that needs attention
          </Link>
          <h2>
            <ShownText text={title} />
          </h2>
          <p className="line">{line}</p>
        </header>
        <div className="body">{children}</div>
        {actions !== undefined && <footer>{actions}</footer>}
      </div>
      {aside !== undefined && <aside aria-label={asideLabel}>{aside}</aside>}
    </article>
  )
}

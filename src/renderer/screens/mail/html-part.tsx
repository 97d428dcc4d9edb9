import { useMemo } from 'react'
import { tamed } from './tamed.ts'

/** HTML of a message in a frame that runs nothing, reaches nothing and leads nowhere. */
export function HtmlPart({ html, title }: { readonly html: string; readonly title: string }) {
  const { page, left } = useMemo(() => tamed(html), [html])
  return (
    <div className="html-part">
      <p className="quiet">
        {left === 0
          ? 'Shown in a frame that runs no scripts and loads nothing from elsewhere.'
          : `Shown in a frame that runs no scripts and loads nothing from elsewhere; ${left} such ${left === 1 ? 'part was' : 'parts were'} left out.`}
      </p>
      <iframe sandbox="" srcDoc={page} title={`HTML of: ${title}`} />
    </div>
  )
}

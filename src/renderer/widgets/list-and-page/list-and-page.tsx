import type { ReactNode } from 'react'
import './list-and-page.css'

interface Side {
  /** What it is, for whoever does not see it. */
  readonly label: string
  readonly content: ReactNode
}

interface ListAndPageProps {
  /** Its rows are links of the class `row`, each headed by a line of the class `head` with a `name`. */
  readonly list: Side
  /** What was chosen of the list; takes the focus by its id. A link of the class `back` is there while it has the screen. */
  readonly page: Side & { readonly id: string }
  /** Whether something was chosen: a narrow window shows that in place of the list. */
  readonly isOpened: boolean
}

/** A list, and beside it what was chosen of it. */
export function ListAndPage({ list, page, isOpened }: ListAndPageProps) {
  return (
    <div className="list-and-page" data-opened={isOpened}>
      <section className="list" aria-label={list.label}>
        {list.content}
      </section>
      <section className="page" id={page.id} tabIndex={-1} aria-label={page.label}>
        {page.content}
      </section>
    </div>
  )
}

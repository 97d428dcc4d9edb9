import { type ReactNode, useId } from 'react'

interface PartProps {
  readonly title: ReactNode
  readonly aside?: ReactNode
  readonly children: ReactNode
}

/** A titled part of the inspector. */
export function Part({ title, aside, children }: PartProps) {
  const id = useId()
  return (
    <section className="part" aria-labelledby={id}>
      <header>
        <h3 id={id}>{title}</h3>
        {aside}
      </header>
      {children}
    </section>
  )
}

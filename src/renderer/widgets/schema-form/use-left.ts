import { type RefObject, useEffect, useRef, useState } from 'react'

interface Left {
  /** The element in which the fields are, each with its `data-path`. */
  readonly place: RefObject<HTMLDivElement | null>
  /** Paths of the fields that had the focus and gave it away: what is wrong with them may be said. */
  readonly left: ReadonlySet<string>
}

/** A group is left when the focus goes out of it, not from one of its fields to the next. */
export function useLeft(): Left {
  const place = useRef<HTMLDivElement>(null)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const { current } = place
    const leave = ({ target, relatedTarget }: FocusEvent): void => {
      const into = relatedTarget instanceof Node ? relatedTarget : null
      const paths = fieldsAround(target).flatMap((field) => (field.contains(into) ? [] : [field.dataset['path'] ?? '']))
      setLeft((before) => (paths.every((path) => before.has(path)) ? before : new Set([...before, ...paths])))
    }
    current?.addEventListener('focusout', leave)
    return () => current?.removeEventListener('focusout', leave)
  }, [])
  return { place, left }
}

function fieldsAround(target: EventTarget | null): readonly HTMLElement[] {
  const field = target instanceof Element ? target.closest<HTMLElement>('[data-path]') : null
  return field === null ? [] : [field, ...fieldsAround(field.parentElement)]
}

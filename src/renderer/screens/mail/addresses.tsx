import { Fragment } from 'react'
import { ShownText } from '../../widgets/text/shown-text.tsx'

/** Whom a message is for, each apart: none of them can pass for its neighbour. */
export function Addresses({ all }: { readonly all: readonly string[] }) {
  return all.map((address, index) => (
    <Fragment key={index}>
      {index > 0 && ', '}
      <ShownText text={address} />
    </Fragment>
  ))
}

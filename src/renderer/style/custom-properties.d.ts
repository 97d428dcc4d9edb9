import 'react'

declare module 'react' {
  interface CSSProperties {
    /** What a component hands to its style sheet. */
    [name: `--${string}`]: string | number | undefined
  }
}

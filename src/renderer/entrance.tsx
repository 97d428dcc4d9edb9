import { type SubmitEvent, useId, useState } from 'react'
import './entrance.css'

/** Shown where the tab has no token: opened from a bookmark, or after the host made a new one. */
export function Entrance({ onToken }: { readonly onToken: (text: string) => boolean }) {
  const [text, setText] = useState('')
  const [refused, setRefused] = useState(false)
  const id = useId()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    setRefused(!onToken(text))
  }
  return (
    <main className="entrance">
      <form onSubmit={submit}>
        <img src="/cairn.svg" alt="" width={36} height={36} />
        <h1>This host wants its token</h1>
        <p>
          Open the address that <code>npm start</code> printed, or paste the token. It stands in the file that the host
          named when it started.
        </p>
        <label htmlFor={id}>Token</label>
        <input
          id={id}
          value={text}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={refused}
          aria-describedby={`${id}-problem`}
          onChange={(event) => setText(event.target.value)}
        />
        <p id={`${id}-problem`} className="problem" role="alert">
          {refused ? 'This is no token of a host: it is one line of letters and digits.' : ''}
        </p>
        <button type="submit" className="button primary">
          Enter
        </button>
      </form>
    </main>
  )
}

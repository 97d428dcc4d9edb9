import { PlugZap } from 'lucide-react'
import { useClient } from '../../state/client.ts'
import { useConnection } from '../../state/connection.ts'
import { Button } from '../../widgets/button/button.tsx'
import './connection-bar.css'

/** Says that what is shown may be old, for as long as that is so. Nothing on the screen goes away meanwhile. */
export function ConnectionBar() {
  const client = useClient()
  const state = useConnection()
  return (
    <div className="connection-bar" role="status" data-tone="attention" hidden={state !== 'lost'}>
      {state === 'lost' && (
        <>
          <PlugZap size={14} aria-hidden />
          <span>The host does not answer. What you see is as it was; it is tried again by itself.</span>
          <Button tone="quiet" onPress={() => client.retryNow()}>
            Try now
          </Button>
        </>
      )}
    </div>
  )
}

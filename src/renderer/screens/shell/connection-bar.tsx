import { Eye, KeyRound, PlugZap } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useClient } from '../../state/client.ts'
import { useConnection } from '../../state/connection.ts'
import { useLooking } from '../../state/looking.ts'
import { askForToken, isTokenRefused } from '../../state/token.ts'
import { Button } from '../../widgets/button/button.tsx'
import './connection-bar.css'

/**
 * Says that what is shown may be old, for as long as that is so, and where nothing can be done about it at all. Nothing on
 * the screen goes away meanwhile.
 */
export function ConnectionBar() {
  const client = useClient()
  const state = useConnection()
  const isRefused = useRefused(state === 'lost') && state !== 'open'
  const looks = useLooking(({ looks }) => looks) && state === 'open'
  return (
    <div className="connection-bar" role="status" data-tone="attention" hidden={!isRefused && !looks && state !== 'lost'}>
      {looks && (
        <>
          <Eye size={14} aria-hidden />
          <span>This console only shows the store, as it is when a screen is opened. Nothing runs here, and nothing can be changed.</span>
        </>
      )}
      {isRefused ? (
        <>
          <KeyRound size={14} aria-hidden />
          <span>The host wants another token than this tab has. What you see is as it was.</span>
          <Button tone="quiet" onPress={askForToken}>
            Give its token
          </Button>
        </>
      ) : (
        state === 'lost' && (
          <>
            <PlugZap size={14} aria-hidden />
            <span>The host does not answer. What you see is as it was; it is tried again by itself.</span>
            <Button tone="quiet" onPress={() => client.retryNow()}>
              Try now
            </Button>
          </>
        )
      )}
    </div>
  )
}

/** Whether it is the token that stands in the way; asked again with each try that fails. */
function useRefused(isLost: boolean): boolean {
  const [isRefused, setRefused] = useState(false)
  useEffect(() => {
    if (isLost) void isTokenRefused().then(setRefused)
  }, [isLost])
  return isRefused
}

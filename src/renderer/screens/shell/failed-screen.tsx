import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { RotateCw } from 'lucide-react'
import { Button } from '../../widgets/button/button.tsx'
import { FailureView } from '../../widgets/failure/failure-view.tsx'
import { Callout } from '../../widgets/feedback/callout.tsx'
import { Screen } from '../../widgets/screen/screen.tsx'
import { failureOf } from './failure-of.ts'
import './failed-screen.css'

/** In the place of a screen that threw: what it threw, and the ways on. What stands around it goes on. */
export function FailedScreen({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const tryAgain = async (): Promise<void> => {
    // A browser may remember for as long as the page is there that a part of the build could not be loaded.
    if (isPartMissing(error)) return location.reload()
    await router.invalidate()
    reset()
  }
  return (
    <Screen title="This screen failed">
      <div className="failed-screen">
        <Callout tone="failure" title="The console made a mistake here" urgent>
          <p>Runs go on as before, and nothing that was stored is touched: only this screen could not be drawn.</p>
        </Callout>
        <div className="ways">
          <Button tone="primary" icon={RotateCw} onPress={() => void tryAgain()}>
            Try again
          </Button>
          <Button onPress={() => location.reload()}>Load the page anew</Button>
          <Link to="/" className="link">
            Go to the overview
          </Link>
        </div>
        <FailureView failure={failureOf(error)} />
      </div>
    </Screen>
  )
}

/** Said by Chromium and Firefox, and by Safari. */
function isPartMissing(error: unknown): boolean {
  return error instanceof Error && /dynamically imported module|importing a module script/i.test(error.message)
}

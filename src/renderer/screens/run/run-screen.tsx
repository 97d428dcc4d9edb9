import { Screen } from '../../widgets/screen/screen.tsx'

export function RunScreen() {
  return <Screen title="Run">{null}</Screen>
}

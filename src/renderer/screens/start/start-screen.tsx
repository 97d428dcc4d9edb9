import { Screen } from '../../widgets/screen/screen.tsx'

export function StartScreen() {
  return <Screen title="Start">{null}</Screen>
}

import { Screen } from '../../widgets/screen/screen.tsx'

export function MailScreen() {
  return <Screen title="Mail">{null}</Screen>
}

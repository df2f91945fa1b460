export function SettingsDialog(_: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return null;
}

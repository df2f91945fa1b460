/** What of the frame is shown, beyond the view itself. */
import { create } from 'zustand';

/** In a run the left column is a rail of tools; one of its panels may stand open beside it. */
export type LeftPanel = 'add' | 'outline';

interface LayoutState {
  readonly maximised: boolean;
  readonly left: LeftPanel | null;
  toggleMaximised(): void;
}

export const useLayout = create<LayoutState>()((set) => ({
  maximised: false,
  left: null,
  toggleMaximised: () => set((state) => ({ maximised: !state.maximised })),
}));

export function showLeft(left: LeftPanel | null): void {
  useLayout.setState({ left });
}

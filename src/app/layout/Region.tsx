/** A part of the screen with an accessible name, which F6 can reach. */
import { Component, Suspense } from 'react';
import type { ErrorInfo, ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { ErrorNote } from '../../ui/ErrorNote.tsx';
import styles from './Region.module.css';

export interface RegionProps {
  readonly name: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
  /** Where single-letter shortcuts act: the canvas and the dock. */
  readonly letters?: boolean;
  /** For content that brings its own landmark of this name. */
  readonly plain?: boolean;
}

export function Region({ name, className, children, letters = false, plain = false }: RegionProps) {
  const Element = plain ? 'div' : 'section';
  return (
    <Element
      {...(plain ? {} : { 'aria-label': name })}
      data-region={name}
      data-letters={letters}
      tabIndex={-1}
      className={`${styles.region} ${className ?? ''}`}
    >
      <Guard name={name}>
        <Suspense fallback={<Loading />}>{children}</Suspense>
      </Guard>
    </Element>
  );
}

/** A line on the top edge after 300 ms, and words after 2 s; nothing before. */
export function Loading() {
  return (
    <output className={styles.loading}>
      <span>Loading</span>
    </output>
  );
}

interface GuardProps {
  readonly name: string;
  readonly children: ReactNode;
}

/** A fault in one part leaves the others, and the project, as they are. */
export class Guard extends Component<GuardProps, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) {
      return this.props.children;
    }
    return (
      <div className={styles.fault}>
        <ErrorNote live>
          {this.props.name} stopped with a fault of the Studio: {error.message}
        </ErrorNote>
        <Button variant="line" onPress={() => this.setState({ error: null })}>
          Show it again
        </Button>
      </div>
    );
  }
}

export function Logo() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" style={{ flex: 'none' }}>
      <rect x="2" y="2" width="24" height="24" rx="6" fill="var(--text)" />
      <path d="M8 19h4.5c2.4 0 2.2-10 4.6-10H20" fill="none" stroke="var(--bg-panel)" strokeWidth="2" strokeLinecap="round" />
      <circle cx="8" cy="19" r="2" fill="var(--bg-panel)" />
      <circle cx="20" cy="9" r="2" fill="var(--bg-panel)" />
    </svg>
  );
}
